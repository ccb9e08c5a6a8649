// Two tabs beside the form of a task: the item (事项) and its evidence (佐证材料). They show the portal's own pages, in a
// shadow root with the portal's styles and scripts, so that nothing is drawn, checked or permitted in a second place.

const english = document.documentElement.lang.startsWith('en');
const BROKEN = english ? 'This could not be loaded. Open the tab again.' : '未能加载，请重新打开本页签。';

const styles = new Map();

/** The portal's styles count on a root of their own and on its 16 pixels, of which Tasklist has 10. */
async function style(address) {
  const text = await (await fetch(address)).text();
  const sheet = new CSSStyleSheet();
  return sheet.replace(
    text.replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${number * 16}px`).replaceAll(':root', ':host')
  );
}

function styleOnce(address) {
  if (!styles.has(address)) {
    styles.set(address, style(address));
  }
  return styles.get(address);
}

async function read(address, request = {}) {
  const answer = await fetch(address, {...request, headers: {Accept: 'text/html'}});
  if (new URL(answer.url).pathname.endsWith('/login')) {
    location.assign('/login');
  }
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

function sentence(text) {
  const line = document.createElement('p');
  line.className = 'card-body text-secondary';
  line.textContent = text;
  return line;
}

/** Shows a part of a page, or why there is nothing to show. */
async function show(root, address, part) {
  const page = await read(address);
  const [sheets, scripts] = await Promise.all([
    Promise.all([...page.querySelectorAll('link[rel=stylesheet]')].map(link => styleOnce(link.href))),
    Promise.all([...page.querySelectorAll('script[type=module]')].map(script => import(script.src)))
  ]);
  root.adoptedStyleSheets = sheets;
  const reason = page.querySelector('.error-detail');
  root.replaceChildren(page.querySelector(part) ?? sentence(reason ? reason.textContent : BROKEN));
  await Promise.all([...root.querySelectorAll('[hx-get]')].map(fill));
  return scripts;
}

/** What htmx does in the portal. */
async function fill(frame) {
  const page = await read(frame.getAttribute('hx-get'));
  frame.replaceChildren(...page.querySelectorAll(frame.getAttribute('hx-select')));
}

/** A form of the page is sent without leaving the task; what the portal says to it stands above. */
async function submit(root, form, again) {
  const page = await read(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
  const said = page.querySelectorAll('.alert, .error-detail');
  await again();
  root.prepend(...said);
}

function tab(id, label, priority, part) {
  let shown;
  return {
    id: `guiling-${id}`,
    pluginPoint: 'tasklist.task.detail',
    priority,
    properties: {label},
    render: async (node, {taskId}) => {
      shown?.abort();
      shown = new AbortController();
      const {signal} = shown;
      const root = node.attachShadow({mode: 'open'});
      const load = () => show(root, `/tasks/${taskId}/${id}`, part);
      root.addEventListener('submit', event => {
        event.preventDefault();
        submit(root, event.target, load).catch(() => root.prepend(sentence(BROKEN)));
      });
      // A window that Tasklist opens would inherit its sandbox, in which the browser shows no page of ours.
      root.addEventListener('click', event => event.target.closest('a[target]')?.removeAttribute('target'));
      try {
        (await load()).forEach(script => script.serve(root, signal));
      } catch (problem) {
        console.error(problem);
        root.replaceChildren(sentence(BROKEN));
      }
    },
    unmount: () => shown?.abort()
  };
}

// Tasklist forgets what was typed when its form gives way to another tab, unless its own button has kept it before.
document.addEventListener(
  'click',
  event => {
    if (event.target.closest('.task-details .nav-tabs a')) {
      document.querySelector('.task-details .form-actions [ng-click="save($event)"]')?.click();
    }
  },
  true
);

// The form (1000) stays the first tab, and the one that is open.
export default [
  tab('item', english ? 'Item' : '事项', 950, '#item-summary'),
  tab('evidence', english ? 'Evidence' : '佐证材料', 900, '.evidence-card')
];
