import { TemplateResult, html, nothing } from 'lit';
import { GROUPS, TESTS, Test, saidBy } from '../../map/conditions';
import { Json, JsonObject, isObject } from '../../map/json';
import { Place, at, join } from '../../map/place';
import { Field, fieldOf, isOwnField } from '../../map/shape';
import { option } from './choice';
import type { Fields } from './field';
import { removeButton } from './part';
import { Reading, read, written } from './reading';

const SAYS_ONE =
  'A condition says exactly one of `is`, `in`, `starts_with`, `glob`, `matches`, `at_least`, `at_most`, `all`, `any`, `not`; put several under `all`.';

/** A condition as it is thought: a column, a test and a value, or several conditions together. */
export function conditionField(fields: Fields, place: Place): TemplateResult {
  const given = at(fields.host.journeyMap, place);
  const condition = isObject(given) ? given : {};
  const said = saidBy(condition);
  const test = said[0] ?? 'is';
  if (fields.host.readonly) {
    return html`<p class="value" dir="auto">${inWords(condition)}</p>`;
  }
  const complaint = said.length === 1 ? nothing : html`<p class="wrong">⚠ ${SAYS_ONE}</p>`;
  const body =
    test in GROUPS ? group(fields, place, condition, test) : single(fields, place, condition, test);
  return html`<div class="condition" data-place=${place} role="group" aria-label="Condition">
    ${body} ${complaint}
  </div>`;
}

function testPicker(fields: Fields, place: Place, condition: JsonObject, test: string): TemplateResult {
  const { id } = fields.ties(place);
  const inside = test === 'not' ? [condition.not] : condition[test];
  const single = !(test in GROUPS) || (Array.isArray(inside) && inside.length < 2);
  const choose = (event: Event) => {
    const next = (event.target as HTMLSelectElement).value;
    fields.host.edit('Change condition', { op: 'set', at: place, value: retested(condition, test, next) });
  };
  return html`<select id="${id}-test" @change=${choose}>
    ${Object.entries(TESTS).map(([one, words]) =>
      single || one === test ? option(one, words, test) : nothing
    )}
    ${Object.entries(GROUPS).map(([one, words]) => option(one, words, test))}
  </select>`;
}

function single(fields: Fields, place: Place, condition: JsonObject, test: string): TemplateResult {
  const column = fieldOf('Condition', 'column')!;
  const wanted: Field = { ...fieldOf('Condition', test)!, required: true };
  const line = (field: Field, called: string, control: unknown) =>
    fields.framed(
      join(place, field.name),
      { ...field, required: false },
      called,
      control,
      test === field.name
    );
  const { id } = fields.ties(place);
  return html`<div class="leaf">
    ${line(column, 'Column', fields.text(join(place, 'column'), column))}
    <div class="field">
      <div class="head"><label for="${id}-test">Test</label></div>
      ${testPicker(fields, place, condition, test)}
    </div>
    ${line(wanted, 'Value', fields.text(join(place, test), wanted, { reading: typed => readWanted(wanted, test, typed) }))}
  </div>`;
}

/** As `read`, and a list must not be empty nor an expression be none. */
export function readWanted(field: Field, test: string, typed: string): Reading {
  const found = read(field, typed);
  if ('wrong' in found) {
    return found;
  }
  if (Array.isArray(found.value) && found.value.length === 0) {
    return { wrong: 'The condition says `in` with nothing in it. Give at least one entry.' };
  }
  const wrong = `\`matches\` is \`${typed}\`, which is no regular expression. Correct it, or use \`looks like\`.`;
  return test === 'matches' && !isExpression(typed) ? { wrong } : found;
}

/** Leaves to Python what only Python's expressions know. */
function isExpression(pattern: string): boolean {
  const alike = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\(\?[aiLmsux]+\)/g, '')
    .replace(/\(\?([aiLmsux-]+:|>)/g, '(?:')
    .replace(/([*+?}])\+/g, '$1');
  try {
    return new RegExp(alike) instanceof RegExp;
  } catch {
    return false;
  }
}

function group(fields: Fields, place: Place, condition: JsonObject, test: string): TemplateResult {
  const { id } = fields.ties(place);
  const head = html`<div class="field">
    <div class="head"><label for="${id}-test">Test</label></div>
    ${testPicker(fields, place, condition, test)}
  </div>`;
  if (test === 'not') {
    return html`${head}
      <div class="inner">${conditionField(fields, join(place, 'not'))}</div>`;
  }
  const list = join(place, test);
  const entries = (condition[test] ?? []) as Json[];
  const add = () => {
    fields.host.edit('Add condition', { op: 'insert', into: list, value: { is: '' } });
    void fields.focus(join(list, entries.length, 'is'));
  };
  const remove = (number: number) => {
    fields.host.edit('Delete condition', { op: 'remove', at: join(list, number) });
    void fields.focus(place, '.add');
  };
  return html`${head}
    <ol class="inner">
      ${entries.map(
        (_, number) =>
          html`<li>
            ${conditionField(fields, join(list, number))}
            ${entries.length > 1 ? removeButton(`condition ${number + 1}`, () => remove(number)) : nothing}
          </li>`
      )}
    </ol>
    <button type="button" class="add" @click=${add}>+ Add condition</button>`;
}

/** The condition with another test, which keeps what was said as far as it can. */
export function retested(condition: JsonObject, test: string, next: string): JsonObject {
  const own = Object.fromEntries(Object.entries(condition).filter(([name]) => isOwnField(name)));
  const inside = test === 'not' ? [condition.not ?? { is: '' }] : condition[test];
  const conditions = test in GROUPS && Array.isArray(inside) ? inside : [condition];
  if (next === 'not') {
    return { ...own, not: conditions.length === 1 ? conditions[0] : { [test]: conditions } };
  }
  if (next in GROUPS) {
    return { ...own, [next]: conditions };
  }
  const [first] = conditions;
  const leaf = isObject(first) && !(saidBy(first)[0] in GROUPS) ? first : { is: '' };
  const column = leaf.column === undefined ? {} : { column: leaf.column };
  return { ...own, ...column, [next]: carried(leaf[saidBy(leaf)[0] ?? 'is'] ?? '', next) };
}

function carried(value: Json, test: string): Json {
  const one = Array.isArray(value) ? (value[0] ?? '') : value;
  if (test === 'in') {
    return Array.isArray(value) ? value : [one];
  }
  if (test === 'at_least' || test === 'at_most') {
    return Number.isFinite(Number(one)) ? Number(one) : 0;
  }
  return test === 'is' ? one : String(one);
}

function inWords(condition: JsonObject): string {
  const [test] = saidBy(condition);
  if (test === undefined) {
    return '';
  }
  if (test === 'not' && isObject(condition.not)) {
    return `not (${inWords(condition.not)})`;
  }
  if (test in GROUPS) {
    const parts = (condition[test] as Json[]).filter(isObject).map(one => `(${inWords(one)})`);
    return parts.join(test === 'any' ? ' or ' : ' and ');
  }
  const value = written({ ...fieldOf('Condition', test)! }, condition[test]).replaceAll('\n', ', ');
  return `${String(condition.column ?? 'event')} ${TESTS[test as Test]} ${value}`;
}
