/**
 * Writes the generated documents: `npm run docs` docs/keys.md, with `-- --screenshot` also docs/screenshot.svg and
 * docs/container.svg from a real engine of its own, docs/layers.svg and docs/outdated.svg from the embedded one. `--check` writes nothing and fails when docs/keys.md is not what the registry says.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {commands} from '../source/commands/registry.ts';
import {type Command, scopes, scopeTitles} from '../source/commands/types.ts';
import {keyName} from '../source/format/key-name.ts';

const root = join(import.meta.dirname, '..');
const keysFile = join(root, 'docs/keys.md');

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

const row = (command: Command): string => {
	const keys = command.keys.map(key => `\`${keyName(key)}\``).join(' ');
	const argument = command.argument === undefined ? '' : ` Takes ${command.argument} in the palette.`;
	return `| ${cell(keys)} | \`${command.id}\` | ${cell(command.help)}.${cell(argument)} |`;
};

const keysDocument = (): string => {
	const sections = scopes.flatMap(scope => {
		const rows = commands.filter(command => command.scope === scope).map(row);
		if (rows.length === 0) return [];
		return [
			`## ${scopeTitles[scope]}\n\n| key | command | what it does |\n|---|---|---|\n${rows.join('\n')}\n`,
		];
	});
	return `# Keys

Made from the command registry by \`npm run docs\`. A key is looked up in the focused pane first, then in *Lists*, then in *Everywhere*. A command without a key is called by name: \`:\` opens the palette.

${sections.join('\n')}`;
};

const {values: options} = parseArgs({
	options: {check: {type: 'boolean', default: false}, screenshot: {type: 'boolean', default: false}},
});

const wanted = keysDocument();
if (options.check) {
	const found = readFileSync(keysFile, 'utf8');
	if (found !== wanted) {
		console.error('docs/keys.md is not what the command registry says: npm run docs');
		process.exitCode = 1;
	}
} else {
	writeFileSync(keysFile, wanted);
}

if (options.screenshot) {
	const {drawLayers, drawOutdated, drawScreenshots} = await import('./screenshot.ts');
	const {dashboard, container} = await drawScreenshots();
	writeFileSync(join(root, 'docs/screenshot.svg'), dashboard);
	writeFileSync(join(root, 'docs/container.svg'), container);
	writeFileSync(join(root, 'docs/layers.svg'), await drawLayers());
	writeFileSync(join(root, 'docs/outdated.svg'), await drawOutdated());
}
