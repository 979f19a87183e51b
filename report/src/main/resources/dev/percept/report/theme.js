/* ── Theme: the reader's system until they say otherwise ── */
const root = document.documentElement, system = matchMedia('(prefers-color-scheme:dark)');
const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;

function theme() {
  $('theme').textContent = dark() ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', dark() ? 'Light colours' : 'Dark colours');
}
