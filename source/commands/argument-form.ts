import type {Parsed} from '../format/parsed.ts';
import type {CommandInput, FormSpec} from '../state/overlays.ts';

/**
 * What was typed after a command's name and is not right can be put right in place: a form with it and with the
 * rule. Nothing when there is no argument, or when it is fine.
 */
export const argumentForm = (
	{argument}: CommandInput,
	parse: (text: string) => Parsed<unknown>,
	spec: {readonly title: string; readonly action: string; readonly label: string; readonly hint: string},
): FormSpec | undefined => {
	if (argument === undefined || parse(argument).ok) return undefined;
	const {title, action, label, hint} = spec;
	return {
		title,
		action,
		fields: [
			{
				id: 'argument',
				label,
				hint,
				kind: 'text',
				initial: argument,
				check: value => {
					const parsed = parse(value);
					return parsed.ok ? undefined : parsed.reason;
				},
			},
		],
	};
};

/** The argument, as it was corrected when it had to be. */
export const argumentOf = ({values, argument}: CommandInput): string | undefined =>
	values?.argument ?? argument;
