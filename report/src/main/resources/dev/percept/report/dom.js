/* ── Data and small helpers of every page. Text from the data only ever becomes text nodes. ── */
const DATA = JSON.parse(document.getElementById('data').textContent);
const SVG = 'http://www.w3.org/2000/svg';
const NBSP = '\u00a0';
const $ = id => document.getElementById(id);

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
