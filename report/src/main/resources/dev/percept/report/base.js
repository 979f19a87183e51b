/* ── Data, state, and small helpers. Text from the data only ever becomes text nodes. ── */
const DATA = JSON.parse(document.getElementById('data').textContent);
const SVG = 'http://www.w3.org/2000/svg';
const NBSP = '\u00a0';
const $ = id => document.getElementById(id);

/** One selection for the whole page. `off` holds concepts that are switched off. */
const state = {view: 0, c: 0, p: 0, off: new Set(), t: .4, overlay: 'outline', scale: 'probability'};

/** The class that is shown, and its concepts by id. */
let K = DATA.classes[0];
let byId = new Map();

/** An element: h('button.chip.k3', {type: 'button'}, 'text', child). */
function h(spec, props, ...children) {
  const [tag, ...classes] = spec.split('.');
  const e = document.createElement(tag);
  if (classes.length) e.className = classes.join(' ');
  if (tag === 'button') e.type = 'button';
  for (const [k, v] of Object.entries(props || {})) {
    if (k.startsWith('on')) e.addEventListener(k.slice(2), v);
    else if (v !== false && v != null) e.setAttribute(k, v === true ? '' : v);
  }
  e.append(...children.filter(c => c != null));
  return e;
}

/** An SVG element. */
function s(tag, attributes, ...children) {
  const e = document.createElementNS(SVG, tag);
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

const hueClass = id => 'k' + (byId.get(id)?.hue >= 0 ? byId.get(id).hue : 'x');
const hueVar = id => byId.get(id)?.hue >= 0 ? `var(--c${byId.get(id).hue})` : 'var(--chance)';
const badge = id => h('span.b.' + hueClass(id), {'aria-hidden': 'true'}, String(id));
const order = () => K.concepts.map(c => c.id);

/* ── Numbers ── */
const known = v => v != null && Number.isFinite(v);
const minus = text => text.replace('-', '\u2212');
const pct = (v, digits = 0) => {
  if (!known(v)) return '–';
  const p = v * 100, unit = NBSP + '%', least = digits ? .05 : .5;
  if (p > 0 && p < least) return '<' + NBSP + (digits ? '0.1' : '1') + unit;
  if (p < 100 && p > 100 - least) return '>' + NBSP + (digits ? '99.9' : '99') + unit;
  return p.toFixed(digits) + unit;
};
const num = (v, digits = 2) => known(v) ? minus(v.toFixed(digits).replace(/^-(0\.?0*)$/, '$1')) : '–';
const signed = v => Math.abs(v) < .005 ? '0.00' : (v < 0 ? '' : '+') + num(v);
const clamp = (v, low, high) => Math.max(low, Math.min(high, v));

/**
 * Values in hundredths that add up to the hundredths of their sum: what stands on the page can be
 * added up by hand. Each is less than a hundredth from its value.
 */
function hundredths(values) {
  const down = values.map(v => Math.floor(v * 100));
  let left = Math.round(values.reduce((a, v) => a + v, 0) * 100) - down.reduce((a, v) => a + v, 0);
  const by = values.map((v, i) => [v * 100 - down[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of by) {
    if (left <= 0) break;
    down[i]++;
    left--;
  }
  return down;
}

/** Round ticks from low to high. */
function ticks(low, high, about) {
  const rough = (high - low) / about || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(v => v >= rough);
  const out = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) out.push(i * step);
  return out;
}

/* ── Radio groups: one tab stop; arrows, Home and End move and select ── */
function radios(box, items, get, set) {
  box.addEventListener('keydown', e => {
    const all = items(), i = all.indexOf(get());
    const to = {
      ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: all.length - 1
    }[e.key];
    if (to === undefined || !all.length) return;
    e.preventDefault();
    set(all[(to + all.length) % all.length]);
    const now = box.querySelector('[aria-checked=true]');
    now?.focus();
    now?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  });
}

function mark(box, key, value) {
  for (const b of box.querySelectorAll('[role=radio]')) {
    const on = Number(b.dataset[key]) === value;
    b.setAttribute('aria-checked', String(on));
    b.tabIndex = on ? 0 : -1;
  }
}
