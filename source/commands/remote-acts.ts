import {counted} from '../format/counted.ts';
import {quoteWord} from '../format/shell-words.ts';
import {requestPull, startPull, transferEnd} from './pull.ts';
import type {RemoteImage} from './remote-targets.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

/** Copies lines, and says what. */
export const copyLines = (context: CommandContext, lines: readonly string[], noun: string): void => {
	const [only] = lines;
	if (only === undefined) return;
	if (!context.terminal.copy(lines.join('\n')))
		showError(context, `${counted(lines.length, noun)} are more than a terminal takes into its clipboard`);
	else showSuccess(context, lines.length === 1 ? `copied ${only}` : `copied ${counted(lines.length, noun)}`);
};

/** One by its own words; many, and what became of them, in one message. */
export const pullAll = async (context: CommandContext, images: readonly RemoteImage[]): Promise<void> => {
	const [only] = images;
	if (only === undefined) return;
	if (images.length === 1) {
		startPull(context, only);
		return;
	}
	showInfo(context, `pulling ${counted(images.length, 'tag')}: T shows how far they are`);
	const ids = images.map(({reference, choice}) => requestPull(context, reference, choice));
	const ends = await Promise.all(ids.map(id => transferEnd(context, id)));
	const done = ends.filter(({status}) => status === 'done').length;
	const failed = ends.filter(({status}) => status === 'failed');
	if (done > 0) showSuccess(context, `${done} of ${counted(images.length, 'tag')} pulled`);
	const [first] = failed;
	if (first !== undefined)
		showError(
			context,
			`Cannot pull ${counted(failed.length, 'tag')}, such as ${first.reference}: ${first.fault?.message ?? 'no reason given'}`,
			'r in the transfers pane tries again',
		);
};

export const pullLine = ({reference, choice}: RemoteImage): string =>
	['docker pull', ...(choice.platform === undefined ? [] : [`--platform ${choice.platform}`])]
		.concat(quoteWord(reference))
		.join(' ');
