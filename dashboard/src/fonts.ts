/**
 * The Chinese of the house, served by the service itself: a hundred slices of one variable font, of which a browser takes those whose
 * characters stand on the page, once and for ever (their names carry their content). Asked for after the first paint, so that it waits for none
 * of it; until a slice is there the system's own font stands in, and since every character is one em wide nothing moves when it comes.
 */
export function fetchChinese(): void {
  let asked = false;
  const ask = () => {
    if (!asked) void import('@fontsource-variable/noto-sans-sc/wght.css');
    asked = true;
  };
  const painted = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    painted.disconnect();
    ask();
  });
  painted.observe({ type: 'paint', buffered: true });
  // A page that stands behind others is never painted; its font comes all the same.
  setTimeout(ask, 5_000);
}
