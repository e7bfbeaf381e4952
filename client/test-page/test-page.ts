import { html, nothing, render } from 'lit';
import { wordsOf } from '../ui/words.ts';

const texts = wordsOf('test-page');
const site = new URLSearchParams(location.search).get('site') ?? '';

document.title = texts.title;
render(
  html`<main>
      <h1>${texts.title}</h1>
      ${site ? html`<p>${texts.lead}</p><ol>${texts.steps.map(step => html`<li>${step}</li>`)}</ol>` : html`<p>${texts.noSite}</p>`}
    </main>
    ${site ? html`<talk-to-us site=${site}></talk-to-us>` : nothing}`,
  document.body,
);
// Set before the element is there, it would be lost.
void customElements.whenDefined('talk-to-us').then(() => {
  const button = document.querySelector<HTMLElement & { context: object }>('talk-to-us');
  if (button) button.context = { name: texts.caller };
});
