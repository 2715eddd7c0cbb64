// A page opened from a disk may start no worker. There, its script runs in a hidden frame, and the
// two talk as a worker and its page do. Search is the one that asks for it.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    #waiting = [];
    #frame = Object.assign(document.createElement("iframe"), { hidden: true });

    constructor(url) {
      super();
      document.documentElement.append(this.#frame);
      const inside = this.#frame.contentWindow;
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = inside.document.createElement("script");
      script.src = url;
      script.onload = () => this.#start();
      script.onerror = () => this.dispatchEvent(new ErrorEvent("error"));
      inside.document.head.append(script);
    }

    postMessage(data) {
      if (this.#waiting === null) this.#tell(data);
      else this.#waiting.push(data);
    }

    #start() {
      const waiting = this.#waiting;
      this.#waiting = null;
      waiting.forEach(this.#tell, this);
    }

    #tell(data) {
      this.#frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.#frame.remove();
    }
  };
}
