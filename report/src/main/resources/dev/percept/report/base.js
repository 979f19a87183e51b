/* ── What is selected, and radio groups ── */
/** One selection for the whole page. `off` holds concepts that are switched off. */
const state = {view: 0, c: 0, p: 0, off: new Set(), map: 0, t: .4, overlay: 'outline', scale: 'probability'};

/** What inputs and their parts are called. */
const N = DATA.nouns;

/** The class that is shown, and its concepts by id. */
let K = DATA.classes[0];
let byId = new Map();

const hueClass = id => 'k' + (byId.get(id)?.hue >= 0 ? byId.get(id).hue : 'x');
const hueVar = id => byId.get(id)?.hue >= 0 ? `var(--c${byId.get(id).hue})` : 'var(--chance)';
const badge = id => h('span.b.' + hueClass(id), {'aria-hidden': 'true'}, String(id));
const order = () => K.concepts.map(c => c.id);

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
