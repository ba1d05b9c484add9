/** As the engine's lists show it: arguments with a space are in quotes. */
export const commandLine = (argv: readonly string[]): string =>
	argv.map(part => (part.includes(' ') ? `'${part}'` : part)).join(' ');
