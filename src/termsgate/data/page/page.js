"use strict";
(async () => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- light and dark; a browser may keep nothing for files, and then nothing is kept -----------
  const kept = {
    read() { try { return localStorage.getItem("termsgate-theme"); } catch { return null; } },
    write(theme) { try { localStorage.setItem("termsgate-theme", theme); } catch { /* not kept */ } },
  };
  const theme = one("#theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const paint = () => theme.setAttribute("aria-pressed", String(isDark()));
  if (["light", "dark"].includes(kept.read())) root.dataset.theme = kept.read();
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    kept.write(root.dataset.theme);
    paint();
  });
  one("#print").addEventListener("click", () => print());

  // --- the data -----------------------------------------------------------------------------------
  const inflate = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  };
  const place = one("#table");
  const source = one("#data");
  let data;
  try {
    data = JSON.parse(source.dataset.coding === "json" ? source.textContent : await inflate(source.textContent));
  } catch (error) {
    place.hidden = false;
    place.textContent = place.dataset.broken;
    throw error;
  }
  source.textContent = "";
  const words = data.words;
  const plural = new Intl.PluralRules(data.language);
  const numbers = new Intl.NumberFormat(data.language);
  const days = new Intl.DateTimeFormat(data.language === "en" ? "en-GB" : data.language, { dateStyle: "long", timeZone: "UTC" });
  const day = (iso) => days.format(new Date(`${iso}T00:00:00Z`));
  const say = (key, values = {}) => words[key].replace(/\{([a-z]+)\}/g, (_, name) => typeof values[name] === "number" ? numbers.format(values[name]) : values[name]);
  const count = (key, n, values = {}) => say(`${key}.${plural.select(n) === "one" ? "one" : "other"}`, { n, ...values });

  // --- elements: everything that is shown goes in as text ----------------------------------------
  const make = (name, given = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (value === null || value === false) continue;
      if (key === "class") element.className = value;
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...inside.filter((each) => each !== null && each !== undefined));
    return element;
  };
  const LONG = 600;
  const words_of = (text) => make("bdi", {}, text);
  const shown = (text) => {
    if (text.length <= LONG) return words_of(text);
    const rest = make("div", { class: "cut-text", dir: "auto", hidden: true });
    const button = make("button", { type: "button", "aria-expanded": "false" }, say("show.whole", { n: text.length }));
    button.addEventListener("click", () => {
      rest.hidden = !rest.hidden;
      rest.textContent = rest.hidden ? "" : text;
      button.setAttribute("aria-expanded", String(!rest.hidden));
      rest.dispatchEvent(new Event("resized", { bubbles: true }));
    });
    return make("span", {}, make("bdi", {}, `${text.slice(0, LONG)} … `), button, rest);
  };
  const brief = (text) => text.length > 300 ? `${text.slice(0, 300)}…` : text;
  const link = (address, text) => /^https?:\/\//i.test(address) ? make("a", { href: address, rel: "noreferrer noopener" }, text) : null;

  const VERDICTS = { V: "violated", "?": "unclear", s: "silent", m: "met", "-": "not-applicable" };
  const OUTCOMES = { f: "fail", w: "warn", a: "waived", b: "baseline", p: "pass", s: "skip" };
  const LEVELS = { m: "must", s: "should", y: "may" };
  const SEVERITIES = { c: "critical", h: "high", m: "medium", l: "low" };
  const PARTS = ["fails", "open", "meets", "defeated"];
  const chip = (letter) => make("span", { class: `chip ${VERDICTS[letter]}` }, make("span", { class: "letter", "aria-hidden": "true" }, letter), ` ${say(`verdict.${VERDICTS[letter]}`)}`);

  const { rows } = data;
  const total = rows.w.length;
  const id_of = (i) => `${data.checks[rows.c[i]][0]}/${data.vendors[rows.v[i]][0]}/${data.requirements[rows.r[i]][0]}`;
  const ids = new Map();
  const row_of = (id) => {
    if (!ids.size) for (let i = 0; i < total; i += 1) ids.set(id_of(i), i);
    return ids.get(id);
  };
  const cite = (at) => { const clause = data.clauses[at]; const name = data.sources[clause[0]][0]; return clause[2] ? `${name}, ${clause[2]}` : name; };
  const decided_in = (i) => {
    const detail = rows.d[i];
    if (!detail || !detail.b) return "";
    const names = new Set();
    for (const each of detail.b) { if (each[1] !== 3) names.add(cite(each[0])); if (names.size > 3) break; }
    return [...names].join("; ");
  };

  // --- what an opened row shows -------------------------------------------------------------------
  const heading = (key, ...inside) => { const kept = inside.filter(Boolean); return kept.length ? [make("h3", {}, say(key)), ...kept] : []; };
  const list = (entries) => entries.length ? make("ul", {}, ...entries.map((each) => make("li", {}, ...[each].flat()))) : null;
  const clause_card = (entry) => {
    const [at, part, facts = [], criterion = null, over = [], half = 0] = Array.isArray(entry) ? entry : [entry, null];
    const [from, name, , quote, prefix, suffix, says, where, fragment] = data.clauses[at];
    const [, since, address, archive, language] = data.sources[from];
    const card = make("div", { class: `clause ${part === null ? "" : PARTS[part]}` });
    card.append(make("p", {}, make("span", { class: "cited" }, words_of(brief(cite(at)))), " ", since ? make("span", { class: "quiet" }, say("show.since", { day: day(since) })) : ""));
    if (says) card.append(make("p", {}, shown(says)));
    if (quote) {
      card.append(make("blockquote", { dir: "auto", lang: /^[a-z]{2}$/.test(language) ? language : null },
        prefix ? make("span", { class: "around" }, words_of(brief(prefix)), " ") : null, "“", shown(quote), "”",
        suffix ? make("span", { class: "around" }, " ", words_of(brief(suffix))) : null));
    }
    const meta = make("p", { class: "meta" });
    if (part !== null && part !== 3) meta.append(make("span", {}, say(`show.part.${PARTS[part]}`)));
    if (over.length) meta.append(make("span", {}, words_of(say("show.over", { by: brief(over.join(", ")) }) + (criterion ? ` (${criterion})` : ""))));
    for (const fact of facts) meta.append(make("span", {}, words_of(say("show.states", { fact: brief(fact) }))));
    if (half) meta.append(make("span", {}, say("show.half")));
    const there = link(address ? address + fragment : "", say("show.source"));
    const kept = link(archive, say("show.archive"));
    if (there) meta.append(there);
    if (kept) meta.append(kept);
    meta.append(make("code", {}, words_of(`${brief(where)} (${brief(name)})`)));
    card.append(meta);
    return card;
  };
  const question_lines = (at) => {
    const [text, answers, how] = data.questions[at];
    return [make("strong", {}, shown(text)),
      list(answers.map(([answer, letter]) => [words_of(brief(answer)), " → ", chip(letter)])),
      how ? make("div", { class: "quiet" }, `${say("show.how")} `, words_of(brief(how))) : null].filter(Boolean);
  };
  const absent_line = (at) => {
    const [title, flags, why] = data.absent[at];
    const told = [words_of(brief(title))];
    if (flags & 2) told.push(` (${say("show.unread")})`);
    told.push(": ", say(flags & 4 ? "show.matters" : "show.not-matters"));
    if (flags & 1) told.push(`; ${say("show.assumed")}`);
    if (why) told.push(make("div", { class: "quiet" }, shown(why)));
    return told;
  };
  const reading_line = (each) => {
    const told = each.term !== null ? say(each.covered ? "show.covered" : "show.not-covered", { term: brief(each.term) })
      : each.stance !== null ? say("show.stance", { stance: each.stance }) : say("show.prevails", { over: each.over });
    return [words_of(`${each.document}.${each.clause} ${told}: `), shown(each.because), make("div", { class: "quiet" }, words_of(`${each.by}, ${day(each.on)} · ${each.path}:${each.line}`))];
  };
  const choice_line = (each) => {
    const scope = ["action", "data", "by", "state"].map((axis) => each[axis]).filter(Boolean).map((axis) => axis.join(", ")).join("; ");
    return [words_of(`${words[`show.choice.${each.kind}`] ?? each.kind}: ${scope}, ${day(each.on)}`), make("div", { class: "quiet" }, words_of(brief([each["chosen-by"], each.proof, each.because].filter(Boolean).join(" · "))))];
  };
  const waiver_lines = (use) => [
    make("p", {}, make("strong", {}, say(`standing.${use.standing.replaceAll(" ", "-")}`)), ": ", shown(say("show.waived", { by: use["approved-by"], on: day(use["approved-on"]), expires: day(use.expires), reason: use.reason }))),
    make("p", { class: "quiet" }, words_of([...use.changes.map((c) => `${c.document ?? ""} ${c.given} → ${c.now}`.trim()), brief(use.ticket), `${use.path}:${use.line}`].filter(Boolean).join(" · "))),
  ];
  const detail_of = (i) => {
    const detail = rows.d[i] || {};
    const letter = rows.w[i];
    const [name, , title, why, ask, references, written] = data.requirements[rows.r[i]];
    const deciding = (detail.b ?? []).filter((each) => each[1] !== 3);
    const beaten = (detail.b ?? []).filter((each) => each[1] === 3);
    const to_fix = letter !== "m" && letter !== "-";
    const box = make("div", { class: "detail", role: "region", "aria-label": brief(title) });
    const [check, check_title, as_of] = data.checks[rows.c[i]];
    box.append(
      make("p", { class: "lead" }, chip(letter), ` ${say(`saying.${VERDICTS[letter]}`)}.`),
      make("p", { class: "quiet" }, words_of(say("show.about", { vendor: brief(data.vendors[rows.v[i]][1]), check: brief(check_title), day: day(as_of) })), " · ", words_of(brief(name)), " · ", make("a", { href: `#${encodeURI(id_of(i))}` }, say("show.link"))),
      ...(detail.w ? [make("p", {}, words_of(say("show.witness", { action: brief(detail.w[0]), data: brief(detail.w[1]), by: brief(detail.w[2]), state: brief(detail.w[3]) })))] : []),
      ...(detail.p ? [make("p", {}, say("show.before", { verdict: say(`verdict.${VERDICTS[detail.p]}`) }))] : []),
      ...heading("show.decided-by", ...deciding.map(clause_card)),
      ...heading("show.questions", list((detail.q ?? []).map(question_lines))),
      ...heading("show.ask", to_fix && ask ? make("p", {}, shown(ask)) : null),
      ...heading("show.absent", list((detail.a ?? []).map(absent_line))),
      ...heading("show.claims", ...(detail.c ?? []).map(clause_card)),
      ...heading("show.readings", list((detail.r ?? []).map(reading_line))),
      ...heading("show.choices", list((detail.h ?? []).map(choice_line))),
      ...heading("show.coming", list((detail.t ?? []).map(([on, turned, outcome]) => [chip(turned), ` ${say("show.turns", { day: day(on) })}, ${say(`outcome.${OUTCOMES[outcome]}`)}`]))),
      ...heading("show.notes", list((detail.n ?? []).map((at) => shown(data.notes[at])))),
      ...heading("show.waiver", ...(detail.v ? waiver_lines(detail.v) : [])),
      ...(beaten.length ? [make("details", { class: "fold", open: every }, make("summary", {}, `${say("show.defeated")} (${numbers.format(beaten.length)})`), ...beaten.map(clause_card))] : []),
      ...heading("show.why", why ? make("p", {}, shown(why)) : null),
      ...heading("show.references", list(references.map(([text, address]) => link(address, words_of(brief(text))) ?? words_of(brief(text))))),
      make("p", { class: "quiet" }, `${say("show.written")} `, make("code", {}, words_of(written)), detail.d ? make("span", {}, ` · ${say("show.hash")}: `, make("code", {}, `decided: ${detail.d}`)) : null),
    );
    return box;
  };

  // --- filters ------------------------------------------------------------------------------------
  const state = { verdict: new Set(), gate: "", level: "", policy: "", vendor: "", check: "", q: "", sort: "urgency", down: false };
  const NAMES = ["gate", "level", "policy", "vendor", "check"];
  const search = make("input", { type: "search", placeholder: say("show.search-hint"), name: "q", autocomplete: "off", spellcheck: "false" });
  const select = (name, options) => {
    const element = make("select", { name }, make("option", { value: "" }, say("show.any")), ...options.map(([value, text]) => make("option", { value }, brief(text))));
    element.addEventListener("change", () => { state[name] = element.value; told(); });
    return element;
  };
  const selects = {
    gate: select("gate", Object.values(OUTCOMES).map((each) => [each, say(`outcome.${each}`)])),
    level: select("level", Object.values(LEVELS).map((each) => [each, say(`level.${each}`)])),
    policy: select("policy", data.policies.map(([id, title]) => [id, title])),
    vendor: select("vendor", data.vendors.map(([id, title]) => [id, title])),
    check: select("check", data.checks.map(([id, title]) => [id, title])),
  };
  const chips = Object.entries(VERDICTS).map(([letter, name]) => {
    const button = make("button", { type: "button", class: `chip ${name}`, "aria-pressed": "false", "data-verdict": name }, make("span", { class: "letter", "aria-hidden": "true" }, letter), ` ${say(`verdict.${name}`)}`);
    button.addEventListener("click", () => { if (!state.verdict.delete(name)) state.verdict.add(name); told(); });
    return button;
  });
  const SORTS = ["urgency", "verdict", "vendor", "requirement", "level", "gate"];
  const sorter = make("select", { name: "sort" }, ...SORTS.map((each) => make("option", { value: each }, say(`show.${each}`))));
  sorter.addEventListener("change", () => { state.sort = sorter.value; state.down = false; told(); });
  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { state.q = search.value; told(); }, total > 20000 ? 180 : 60); });
  const labelled = (key, element) => make("label", {}, say(key), element);
  const form = make("form", { class: "filters", role: "search", "aria-label": say("show.filters") },
    labelled("show.search", search),
    make("fieldset", {}, make("legend", {}, say("show.verdict")), ...chips),
    ...NAMES.filter((name) => name !== "check" || data.checks.length > 1).map((name) => labelled(`show.${name}`, selects[name])),
    labelled("show.sort", sorter));
  form.addEventListener("submit", (event) => event.preventDefault());
  const status = make("span", { role: "status" });
  const reset = make("button", { type: "button" }, say("show.reset"));
  const unfold = make("button", { type: "button", "aria-pressed": "false" }, say("show.open-all"));
  reset.addEventListener("click", () => { clear(); told(); });
  const clear = () => { state.verdict.clear(); for (const name of NAMES) state[name] = ""; state.q = ""; };

  // What is looked for is looked up once in each requirement, vendor and clause, not in each verdict.
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let haystacks = null;
  const stacks = () => haystacks ??= {
    requirements: data.requirements.map((each) => folded([each[0], each[2], each[3], each[4], data.policies[each[1]][1]].join("\n"))),
    vendors: data.vendors.map((each) => folded(each.join("\n"))),
    checks: data.checks.map((each) => folded(each.slice(0, 2).join("\n"))),
    clauses: data.clauses.map((each) => folded([data.sources[each[0]][0], each[1], each[2], each[3], each[6]].join("\n"))),
    questions: data.questions.map((each) => folded(each[0])),
    notes: data.notes.map(folded),
  };
  const finder = (text) => {
    const stack = stacks();
    const tests = folded(text).split(/\s+/).filter(Boolean).map((word) => {
      const has = Object.fromEntries(Object.entries(stack).map(([name, texts]) => [name, texts.map((each) => each.includes(word))]));
      return (i) => {
        if (has.requirements[rows.r[i]] || has.vendors[rows.v[i]] || has.checks[rows.c[i]]) return true;
        const detail = rows.d[i];
        return Boolean(detail) && Boolean(detail.b?.some((each) => has.clauses[each[0]]) || detail.c?.some((each) => has.clauses[each]) || detail.q?.some((each) => has.questions[each]) || detail.n?.some((each) => has.notes[each]));
      };
    });
    return (i) => tests.every((test) => test(i));
  };
  const place_of = (entries, id) => entries.findIndex((each) => each[0] === id);
  const letter_of = (table, name) => Object.keys(table).find((letter) => table[letter] === name);
  const chosen = () => {
    const tests = [];
    const only = (column, value) => tests.push((i) => column[i] === value);
    if (state.verdict.size) { const letters = new Set([...state.verdict].map((name) => letter_of(VERDICTS, name))); tests.push((i) => letters.has(rows.w[i])); }
    if (state.gate) only(rows.o, letter_of(OUTCOMES, state.gate));
    if (state.level) only(rows.l, letter_of(LEVELS, state.level));
    if (state.vendor) only(rows.v, place_of(data.vendors, state.vendor));
    if (state.check) only(rows.c, place_of(data.checks, state.check));
    if (state.policy) { const policy = place_of(data.policies, state.policy); tests.push((i) => data.requirements[rows.r[i]][1] === policy); }
    if (state.q.trim()) tests.push(finder(state.q));
    const found = [];
    for (let i = 0; i < total; i += 1) if (tests.every((test) => test(i))) found.push(i);
    return sorted(found);
  };
  const order = (letters) => (column) => (i) => letters.indexOf(column[i]);
  const keys = {
    verdict: [order("V?sm-")(rows.w)], gate: [order("fwabps")(rows.o)], level: [order("msy")(rows.l), order("chml")(rows.s)],
    vendor: [(i) => rows.v[i]], requirement: [(i) => rows.r[i]],
  };
  keys.urgency = [...keys.gate, ...keys.verdict, ...keys.level];
  const sorted = (found) => {
    const by = keys[state.sort];
    const ranks = new Float64Array(total);
    for (const i of found) ranks[i] = by.reduce((rank, key) => rank * (state.sort === "vendor" || state.sort === "requirement" ? 1e6 : 10) + key(i), 0);
    const sign = state.down ? -1 : 1;
    return found.sort((a, b) => sign * (ranks[a] - ranks[b]) || a - b);
  };

  // --- the table: only the rows in sight are there, unless there are few ----------------------------
  const FEW = 300;
  const PRINTED = 1500;
  const COLUMNS = [["verdict", "verdict"], ["vendor", "vendor"], ["requirement", "requirement"], ["level", "level"], ["section", null], ["gate", "gate"]];
  const heads = COLUMNS.map(([name, sort]) => {
    const cell = make("div", { role: "columnheader", class: `c-${name}` });
    if (!sort) { cell.append(make("span", { class: "quiet" }, say(`show.${name}`))); return cell; }
    const button = make("button", { type: "button" }, say(`show.${name}`));
    button.addEventListener("click", () => { state.down = state.sort === sort && !state.down; state.sort = sort; told(); });
    cell.append(button);
    return cell;
  });
  const body = make("div", { role: "rowgroup" });
  const grid = make("div", { class: "grid", role: "table", "aria-label": say("show.verdict"), "aria-colcount": String(COLUMNS.length) },
    make("div", { role: "rowgroup" }, make("div", { role: "row", class: "line head", "aria-rowindex": "1" }, ...heads)), body);
  const none = make("p", { hidden: true }, say("show.none"));
  const cut = make("p", { class: "quiet", hidden: true });
  place.append(form, make("div", { class: "found" }, status, reset, unfold), cut, grid, none);
  place.hidden = false;

  let view = [];
  const opened = new Set();
  const heights = new Map();
  let every = false;
  let row_height = 50;
  const measure = () => { row_height = parseFloat(getComputedStyle(root).getPropertyValue("--row")) || 50; };
  const extra = (i) => opened.has(i) ? heights.get(i) ?? 400 : 0;
  const above = (at) => { let sum = at * row_height; if (opened.size) for (let n = 0; n < at; n += 1) sum += extra(view[n]); return sum; };
  const first_at = (top) => {
    if (!opened.size) return Math.max(0, Math.floor(top / row_height));
    let sum = 0;
    for (let n = 0; n < view.length; n += 1) { sum += row_height + extra(view[n]); if (sum > top) return n; }
    return view.length;
  };
  const cell = (name, ...inside) => make("div", { role: "cell", class: `c-${name}` }, ...inside);
  const line_of = (i, at) => {
    const [name, , title] = data.requirements[rows.r[i]];
    const is_open = opened.has(i);
    const button = make("button", { type: "button", class: "open-row", "aria-expanded": String(is_open), "data-row": String(i) }, make("span", { class: "title" }, words_of(brief(title || name))));
    const outcome = OUTCOMES[rows.o[i]];
    const line = make("div", { role: "row", class: `line${is_open ? " opened" : ""}`, id: id_of(i), "aria-rowindex": String(at + 2) },
      cell("verdict", chip(rows.w[i])), cell("vendor", make("div", { class: "ellipsis", title: brief(data.vendors[rows.v[i]][1]) }, words_of(brief(data.vendors[rows.v[i]][1]))), data.checks.length > 1 ? make("div", { class: "quiet ellipsis", title: brief(data.checks[rows.c[i]][1]) }, words_of(brief(data.checks[rows.c[i]][1]))) : null), cell("requirement", button),
      cell("level", make("span", { class: "quiet" }, `${say(`level.${LEVELS[rows.l[i]]}`)}, ${say(`severity.${SEVERITIES[rows.s[i]]}`)}`)),
      cell("section", make("span", { class: "two" }, words_of(brief(decided_in(i))))),
      cell("gate", make("span", { class: `gate ${outcome}` }, say(`outcome.${outcome}`))));
    return line;
  };
  const parts = new Map();
  const watcher = new ResizeObserver((entries) => {
    let changed = false;
    for (const entry of entries) {
      const i = Number(entry.target.dataset.of);
      const height = entry.target.offsetHeight;
      if (height && heights.get(i) !== height) { heights.set(i, height); changed = true; }
    }
    if (changed && view.length > FEW) soon();
  });
  const drawn_part = (i, at) => {
    let part = parts.get(i);
    if (!part) {
      part = { line: line_of(i, at), detail: null };
      if (opened.has(i)) {
        part.detail = make("div", { role: "row", "data-of": String(i) }, make("div", { role: "cell", "aria-colspan": String(COLUMNS.length) }, detail_of(i)));
        watcher.observe(part.detail);
      }
      parts.set(i, part);
    }
    return part;
  };
  let span = [-1, -1];
  const draw = (force = false) => {
    const n = view.length;
    let first = 0;
    let last = n;
    if (n > FEW && !every) {
      const top = -body.getBoundingClientRect().top;
      first = Math.max(0, first_at(top) - 12);
      last = Math.min(n, first_at(top + innerHeight) + 14);
    }
    if (!force && first === span[0] && last === span[1]) { if (n > FEW && !every) pad(first, last); return; }
    span = [first, last];
    const focused = document.activeElement?.dataset?.row;
    const wanted = [];
    const now = new Set();
    for (let at = first; at < last; at += 1) {
      const part = drawn_part(view[at], at);
      now.add(view[at]);
      wanted.push(part.line);
      if (part.detail) wanted.push(part.detail);
    }
    for (const [i, part] of parts) if (!now.has(i)) { if (part.detail) watcher.unobserve(part.detail); parts.delete(i); }
    body.replaceChildren(...wanted);
    pad(first, last);
    if (focused && now.has(Number(focused)) && document.activeElement?.dataset?.row !== focused) one(`[data-row="${focused}"]`, body)?.focus({ preventScroll: true });
  };
  const pad = (first, last) => {
    const some = view.length > FEW && !every;
    body.style.paddingTop = some ? `${above(first)}px` : "";
    body.style.paddingBottom = some ? `${above(view.length) - above(last)}px` : "";
  };
  let planned = 0;
  const soon = () => { planned ||= requestAnimationFrame(() => { planned = 0; draw(); }); };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", () => { measure(); soon(); });
  const redraw = () => { parts.clear(); watcher.disconnect(); draw(true); };
  const refresh = () => {
    view = chosen();
    status.textContent = count("show.shown", view.length, { total });
    none.hidden = view.length > 0;
    grid.hidden = view.length === 0;
    grid.setAttribute("aria-rowcount", String(view.length + 1));
    for (const button of chips) button.setAttribute("aria-pressed", String(state.verdict.has(button.dataset.verdict)));
    for (const name of NAMES) if (selects[name].value !== state[name]) selects[name].value = state[name];
    if (search.value !== state.q) search.value = state.q;
    sorter.value = state.sort;
    heads.forEach((cell, n) => { const by = COLUMNS[n][1]; if (by && by === state.sort) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending"); else cell.removeAttribute("aria-sort"); });
    reset.hidden = view.length === total;
    redraw();
  };
  const flip = (i, open) => {
    if (open) opened.add(i); else { opened.delete(i); heights.delete(i); }
    const part = parts.get(i);
    if (part?.detail) watcher.unobserve(part.detail);
    parts.delete(i);
    draw(true);
  };
  body.addEventListener("click", (event) => {
    const line = event.target.closest(".line");
    if (!line || event.target.closest("a")) return;
    const i = Number(one(".open-row", line).dataset.row);
    const open = !opened.has(i);
    flip(i, open);
    here = open ? id_of(i) : "";
    write();
    one(`[data-row="${i}"]`, body)?.focus({ preventScroll: true });
  });
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const i = event.target.dataset?.row;
    if (!step || i === undefined) return;
    const next = view[view.indexOf(Number(i)) + step];
    if (next === undefined) return;
    event.preventDefault();
    show_row(next, false);
  });
  body.addEventListener("resized", soon);
  unfold.addEventListener("click", () => {
    if (opened.size) opened.clear(); else for (const i of view.slice(0, 200)) opened.add(i);
    heights.clear();
    unfold.textContent = say(opened.size ? "show.close-all" : "show.open-all");
    unfold.setAttribute("aria-pressed", String(opened.size > 0));
    redraw();
  });
  // What lies above takes its height only once it has been near: the row is followed for a moment.
  const settle = (i, bar, times) => {
    const line = one(`[data-row="${i}"]`, body)?.closest(".line");
    if (!line || !opened.has(i)) return;
    const off = line.getBoundingClientRect().top - bar;
    if (Math.abs(off) > 2) { scrollBy(0, off); draw(); }
    if (times) requestAnimationFrame(() => settle(i, bar, times - 1));
  };
  const show_row = (i, open) => {
    let at = view.indexOf(i);
    if (at < 0) { clear(); refresh(); at = view.indexOf(i); }
    if (open) opened.add(i);
    parts.delete(i);
    const bar = getComputedStyle(one(".bar")).position === "sticky" ? 100 : 8;
    const top = body.getBoundingClientRect().top + scrollY + above(at) - bar;
    if (open || top < scrollY || top > scrollY + innerHeight - 200) scrollTo(0, Math.max(0, top));
    draw(true);
    const button = one(`[data-row="${i}"]`, body);
    if (open && button) settle(i, bar, 6);
    one(`[data-row="${i}"]`, body)?.focus({ preventScroll: true });
  };

  // A vendor's part that found no room: drawn by the same templates as all else, kept in the data.
  const bring = (name) => {
    const id = name.startsWith("vendor/") ? name.slice("vendor/".length) : "";
    const found = document.getElementById(name);
    if (found || !Object.hasOwn(data.parts, id)) return found;
    const title = data.vendors.find((each) => each[0] === id)[1];
    const inside = make("div", { class: "body" });
    inside.innerHTML = data.parts[id];
    const vendor = make("details", { class: "vendor", id: name, open: true }, make("summary", {}, make("h3", {}, words_of(title))), inside);
    one("#others").closest("p").before(vendor);
    return vendor;
  };

  // --- the address: the row that is open, and the filters --------------------------------------------
  let here = "";
  const write = () => {
    const said = new URLSearchParams();
    if (state.verdict.size) said.set("verdict", [...state.verdict].join(","));
    for (const name of NAMES) if (state[name]) said.set(name, state[name]);
    if (state.q.trim()) said.set("q", state.q.trim());
    if (state.sort !== "urgency" || state.down) said.set("sort", (state.down ? "-" : "") + state.sort);
    const filters = said.toString().replaceAll("%2C", ",");
    const hash = encodeURI(here) + (filters ? `?${filters}` : "");
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const told = () => { here = ""; write(); refresh(); };
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const read = () => {
    const [name, filters] = location.hash.slice(1).split(/\?(.*)/s);
    const id = decoded(name);
    const row = id ? row_of(id) : undefined;
    if (filters !== undefined) {
      const said = new URLSearchParams(filters);
      clear();
      for (const word of (said.get("verdict") ?? "").split(",")) if (Object.values(VERDICTS).includes(word)) state.verdict.add(word);
      for (const each of NAMES) { const value = said.get(each) ?? ""; if ([...selects[each].options].some((option) => option.value === value)) state[each] = value; }
      state.q = said.get("q") ?? "";
      const sort = said.get("sort") ?? "";
      if (SORTS.includes(sort.replace("-", ""))) { state.sort = sort.replace("-", ""); state.down = sort.startsWith("-"); }
    }
    here = row === undefined ? "" : id;
    if (filters !== undefined) refresh();
    if (row !== undefined) show_row(row, true);
    else if (filters !== undefined) one("#verdicts").scrollIntoView();
    else if (id) {
      const target = bring(id);
      if (target?.tagName === "DETAILS") target.open = true;
      target?.scrollIntoView();
    }
  };
  addEventListener("hashchange", read);
  measure();
  refresh();
  if (location.hash) read();

  // --- vendors' parts, letters, questions -----------------------------------------------------------
  const others = one("#others");
  if (others) others.append(...data.vendors.filter(([id]) => id in data.parts).map(([id, name]) => make("option", { value: id }, brief(name))));
  others?.addEventListener("change", () => { if (others.value) location.hash = `vendor/${others.value}`; });
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".with-warnings")) return;
    const [needed, whole] = all(".letter-text", event.target.closest(".body"));
    needed.hidden = event.target.checked;
    whole.hidden = !event.target.checked;
  });
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest?.(".copy");
    if (copy) {
      const text = all(".letter-text", copy.parentElement).find((each) => !each.hidden);
      getSelection().selectAllChildren(text);
      let done = false;
      try { await navigator.clipboard.writeText(text.textContent); done = true; } catch { done = document.execCommand("copy"); }
      if (done) { const before = copy.textContent; copy.textContent = say("show.copied"); setTimeout(() => { copy.textContent = before; }, 1600); }
    }
    const more = event.target.closest?.(".more");
    if (more) { one(".questions").classList.add("all"); more.hidden = true; }
  });

  // --- paper: everything unfolded, as far as a person would print it ----------------------------------
  let before = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    const folds = all("details:not([open])");
    before = { opened: [...opened], folds };
    if (folds.length < 1000) for (const fold of folds) fold.open = true;
    for (const vendor of all("details.vendor")) vendor.hidden = Boolean(state.vendor) && vendor.id !== `vendor/${state.vendor}`;
    const printed = view.slice(0, PRINTED);
    for (const i of printed) if (rows.w[i] !== "-") opened.add(i);
    cut.textContent = say("show.print-cut", { n: PRINTED });
    cut.hidden = view.length <= PRINTED;
    every = true;
    const all_of = view;
    view = printed;
    before.view = all_of;
    redraw();
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    opened.clear();
    for (const i of before.opened) opened.add(i);
    for (const fold of before.folds) fold.open = false;
    for (const vendor of all("details.vendor")) vendor.hidden = false;
    cut.hidden = true;
    every = false;
    view = before.view;
    before = null;
    redraw();
  });
  performance.mark("ready");
  root.dataset.ready = "yes";
})();
