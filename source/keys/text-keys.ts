import type {TextEdit} from '../state/text-edit.ts';
import type {KeyPress} from './canonical.ts';

const edits: Readonly<Record<string, TextEdit>> = {
	backspace: {kind: 'delete-back'},
	'ctrl-h': {kind: 'delete-back'},
	delete: {kind: 'delete-forward'},
	'ctrl-w': {kind: 'delete-word'},
	'alt-backspace': {kind: 'delete-word'},
	'ctrl-u': {kind: 'delete-to-start'},
	'ctrl-k': {kind: 'delete-to-end'},
	left: {kind: 'left'},
	'ctrl-b': {kind: 'left'},
	right: {kind: 'right'},
	'ctrl-f': {kind: 'right'},
	'alt-b': {kind: 'word-left'},
	'ctrl-left': {kind: 'word-left'},
	'alt-f': {kind: 'word-right'},
	'ctrl-right': {kind: 'word-right'},
	home: {kind: 'start'},
	'ctrl-a': {kind: 'start'},
	end: {kind: 'end'},
	'ctrl-e': {kind: 'end'},
};

/** What a key does to the text being typed; the keys of readline. */
export const textEdit = (press: KeyPress): TextEdit | undefined =>
	press.text === undefined ? edits[press.name] : {kind: 'insert', text: press.text};
