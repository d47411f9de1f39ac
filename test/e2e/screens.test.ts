import { expect, onTestFinished, test } from 'vitest';
import { en } from '../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { faultsOn } from './support/inspect.ts';
import { type Phone, phone } from './support/phones.ts';
import { answer, field, mayWrite, pageOrigin, passTurn, shows, speak, wordsOf } from './support/room.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const SAID =
  'I felt alone when I found out. I would like you to tell me before big decisions, not after. Donaudampfschifffahrtsgesellschaftskapitän.';

interface Look {
  readonly name: string;
  readonly width: number;
  readonly dark: boolean;
  readonly largeWords: boolean;
}

const LOOKS: readonly Look[] = [
  { name: 'small-large-dark', width: 320, dark: true, largeWords: true },
  { name: 'usual-light', width: 390, dark: false, largeWords: false },
];

test.each(LOOKS)('E9 every screen holds to the rules of accessible pages: $name', async (look) => {
  const [sam, alex] = [await phone(stage.browser, look), await phone(stage.browser, look)];
  onTestFinished(async () => {
    await sam.context.close();
    await alex.context.close();
  });
  const faults: string[] = [];
  const inspect = async (name: string, ...phones: readonly Phone[]): Promise<void> => {
    for (const one of phones) {
      const title = `${name}${one === alex ? '-alex' : ''}`;
      await one.picture(`${look.name}/${title}`, { whole: true });
      for (const fault of await faultsOn(one)) faults.push(`${title}: ${fault}`);
    }
  };
  const press = (one: Phone, name: string) => one.page.getByRole('button', { name, exact: true }).click();

  // Before a session.
  const start = pageOrigin(stage.port);
  for (const { page } of [sam, alex]) {
    await page.goto(start);
    await page.getByRole('button', { name: en.frame.settings }).click();
    const larger = page.getByRole('button', { name: en.settings.larger });
    for (let step = 0; look.largeWords && step < 3; step++) await larger.click();
    if (page === sam.page) await inspect('00-settings', sam);
    await page.getByRole('dialog').getByRole('button', { name: en.frame.close }).click();
  }
  await inspect('01-start', sam);
  await alex.page.getByRole('link', { name: en.start.notForHere }).click();
  await alex.page.getByRole('heading', { name: en.notForHere.title }).waitFor();
  await inspect('02-not-for-here', alex);
  await alex.page.goto(start);
  await press(alex, en.start.invited);
  await press(alex, en.join.go);
  await inspect('03-join-by-code', alex);
  await press(sam, en.start.together);
  await inspect('04-name', sam);
  await sam.page.getByLabel(en.start.nameLabel).fill('Sam');
  await press(sam, en.start.open);
  await press(sam, en.invite.showCode);
  await sam.page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).waitFor();
  await inspect('05-lobby-alone', sam);
  await alex.page.goto(await sam.page.getByRole('textbox', { name: en.invite.link }).inputValue());
  await alex.page.getByLabel(en.join.nameLabel).fill('Alexandra Konstantinopolitanska');
  await inspect('06-join', alex);
  await press(alex, en.join.go);
  await alex.page.waitForURL(/\/s\//);
  const url = alex.page.url();

  // The waiting room.
  await alex.page.getByRole('heading', { name: en.lobby.matchTitle }).waitFor();
  await inspect('07-lobby', alex);
  await press(alex, en.lobby.different);
  await alex.page.getByText(en.lobby.differentAdvice).waitFor();
  await inspect('08-different', alex);
  await press(alex, en.lobby.matchChange);
  for (const one of [sam, alex]) await press(one, en.lobby.same);
  await press(sam, en.lobby.ready);
  await sam.page.getByText(en.lobby.waitingBoth).waitFor();
  await inspect('09-ready', sam, alex);
  await press(alex, en.lobby.ready);

  // What to do, and whether now.
  await sam.page.getByRole('button', { name: sessionWords.choose.youBegin('Sam') }).waitFor();
  await inspect('10-choose', sam);
  await press(sam, sessionWords.choose.youBegin('Sam'));
  await alex.page.getByRole('button', { name: wordsOf('opening.not-now'), exact: true }).click();
  await alex.page.getByRole('textbox', { name: sessionWords.question.addWords }).waitFor();
  await inspect('11-answer-in-words', alex);
  await press(alex, sessionWords.question.back);
  await inspect('12-opening', alex);
  await answer(alex.page, wordsOf('opening.yes'));
  await alex.page.getByText(sessionWords.question.waitingForBoth).waitFor();
  await inspect('13-waiting-for-both', alex);
  await answer(sam.page, wordsOf('opening.yes'));

  // The turns.
  await mayWrite(sam.page, '');
  await inspect('14-your-turn-empty', sam);
  await press(sam, sessionWords.writing.example);
  await field(sam.page).fill(SAID);
  await shows(alex.page, SAID);
  await press(alex, sessionWords.signals.give.slower);
  await sam.page
    .getByText(sessionWords.signals.shown.slower('Alexandra Konstantinopolitanska'))
    .first()
    .waitFor();
  await inspect('15-turn', sam, alex);
  await press(alex, sessionWords.pause.button);
  await press(sam, sessionWords.pause.back);
  await sam.page.getByText(sessionWords.pause.youAreBack).waitFor();
  await inspect('16-paused', sam, alex);
  await press(alex, sessionWords.pause.stop);
  await inspect('17-end-dialog', alex);
  await press(alex, sessionWords.close.cancel);
  await press(alex, sessionWords.pause.back);
  await mayWrite(sam.page, SAID);
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  await inspect('18-mirror', alex, sam);
  await speak(alex, sam, 'You felt alone, and you want to hear things before they are decided.');
  await sam.page.getByRole('button', { name: wordsOf('loop.check.yes'), exact: true }).waitFor();
  await inspect('19-check', sam, alex);
  await answer(sam.page, wordsOf('loop.check.mostly'), 'Most of all the money.');

  // Words that came too late.
  await field(alex.page).fill('I can, by telling you on Sunday.');
  await shows(sam.page, 'I can, by telling you on Sunday.');
  await stage.kill();
  await field(alex.page).press('End');
  await alex.page.keyboard.insertText(' And I am scared too.');
  await alex.page.getByText(sessionWords.connection.reconnecting).first().waitFor();
  await sam.page.getByText(sessionWords.connection.reconnectingOnly).first().waitFor();
  await inspect('20-reconnecting', alex, sam);
  await stage.restart();
  await shows(sam.page, 'I can, by telling you on Sunday. And I am scared too.');
  await passTurn(alex.page);
  await sam.page.getByText(wordsOf('acknowledge'), { exact: true }).waitFor();
  await inspect('21-acknowledge', sam, alex);

  // The end.
  await press(sam, sessionWords.pause.button);
  await press(sam, sessionWords.pause.stop);
  await sam.page.getByRole('dialog').getByText(sessionWords.close.keepYes, { exact: true }).click();
  await sam.page.getByText(sessionWords.close.ifYes).waitFor();
  await inspect('22-end-dialog-yes', sam);
  await press(sam, sessionWords.close.confirm);
  await alex.page.getByRole('heading', { name: sessionWords.ended.decideTitle }).waitFor();
  await inspect('23-undecided', alex, sam);
  await alex.page.goto(`${url}/transcript`);
  await alex.page.getByText(en.transcript.notDecided).waitFor();
  await inspect('24-not-decided', alex);
  await press(alex, en.transcript.decide);
  await press(alex, sessionWords.close.keepYes);
  await alex.page.getByText(sessionWords.ended.kept).waitFor();
  await inspect('25-kept', alex);
  await alex.page.getByRole('link', { name: sessionWords.ended.read }).click();
  await alex.page.getByText(SAID).first().waitFor();
  await inspect('26-transcript', alex);
  await sam.context.clearCookies();
  await sam.page.goto(url);
  await sam.page.getByRole('heading', { name: sessionWords.gone.title }).waitFor();
  await inspect('27-gone', sam);

  expect(faults).toEqual([]);
  expect([...sam.faults, ...alex.faults]).toEqual([]);
});
