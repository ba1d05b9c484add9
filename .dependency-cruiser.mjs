/**
 * The dependency rule: what each folder of source/ may import of the others. Type imports count.
 * docs/architecture.md draws it. A folder that is not listed here may not be imported by anything listed.
 */
const engineTypes =
	'engine/(types|run-types|session-types|file-types|process-types|image-types|build-types|registry-types|errors|container-facts)[.]ts';
const enginePort =
	'engine/(types|run-types|session-types|file-types|process-types|image-types|build-types|registry-types|errors|container-facts|engine|blueprint/types|calls/[a-z]+-calls)[.]ts';
/** An image's layers, without what reads them. */
const layerTypes = 'layers/(types|tree/[a-z-]+|reports/[a-z-]+)[.]ts';
/** What is said of registries and accounts, without what asks them. */
const registryTypes =
	'registry/(types|host|login|reference|client-port|accounts-port|access-port|no-registries|security|pages)[.]ts';
const clock = 'clock[.]ts';
/** What a colour or a glyph is called; how it looks stays in theme/. */
const vocabulary = 'theme/(tokens|glyphs)[.]ts';
const stateTypes = 'state/(model|overlays|loading|queries|views/[a-z-]+)[.]ts';

const mayImport = {
	format: [],
	theme: [],
	output: ['format', clock],
	engine: ['layers/types[.]ts', registryTypes, 'format'],
	layers: ['format'],
	// Foreign JSON is read in one way.
	registry: ['engine/decode/read[.]ts', 'format', clock],
	'command-lines': ['format', 'layers/reports', 'registry/(types|host)[.]ts', 'state/views/image-jobs[.]ts'],
	'layers-command': [
		'command-lines',
		'components/plain-table[.]ts',
		'engine',
		'feed',
		'layers',
		'format',
		'theme',
		clock,
		'seat[.]ts',
	],
	'transfer-commands': [
		'command-lines',
		'components/plain-table[.]ts',
		enginePort,
		'feed/(fault|registry-auth)[.]ts',
		registryTypes,
		'state',
		'format',
		'theme',
		clock,
		'seat[.]ts',
	],
	resources: [engineTypes, 'layers', registryTypes, 'format', vocabulary],
	state: [engineTypes, 'layers', registryTypes, 'resources', 'format'],
	// Whether there is a Dockerfile is asked of this machine, before anything is asked of an engine.
	commands: [
		'state',
		enginePort,
		'engine/build/dockerfile[.]ts',
		'layers',
		registryTypes,
		'resources',
		'format',
		clock,
	],
	keys: ['commands', 'state', 'format'],
	feed: ['engine', 'layers', registryTypes, 'state', 'format', clock],
	demo: ['format', clock],
	hooks: ['state', 'commands', 'keys', 'format', 'theme', clock],
	components: ['format', 'theme'],
	screens: [
		'components',
		'hooks',
		'resources',
		'state/selectors',
		stateTypes,
		engineTypes,
		layerTypes,
		'format',
		'theme',
	],
};

/** Packages that only these parts may import. */
const packageHomes = {
	'react|ink': ['hooks', 'components', 'screens', 'app[.]tsx', 'dashboard[.]tsx', 'main[.]tsx'],
	'ink-table|@alcalzone/ink-table': ['components'],
	'dockerode|docker-modem': ['engine'],
	meow: ['cli[.]ts'],
};

const inSource = parts => `^source/(${parts.join('|')})(/|$)`;

const layers = Object.entries(mayImport).map(([folder, others]) => ({
	name: `${folder}-imports-only-${others.length === 0 ? 'itself' : 'what-it-may'}`,
	severity: 'error',
	comment: `source/${folder} may import ${others.length === 0 ? 'nothing of ours' : others.join(', ')}`,
	from: {path: `^source/${folder}/`},
	to: {path: '^source/', pathNot: inSource([folder, ...others])},
}));

const homes = Object.entries(packageHomes).map(([packages, parts]) => ({
	name: `${packages.split('|')[0]}-only-at-home`,
	severity: 'error',
	comment: `${packages} only in ${parts.join(', ')}`,
	from: {path: '^source/', pathNot: inSource(parts)},
	to: {path: `^node_modules/(${packages})/`},
}));

export default {
	forbidden: [
		...layers,
		...homes,
		{
			name: 'no-cycles',
			severity: 'error',
			from: {path: '^(source|scripts|test)/'},
			to: {circular: true},
		},
		{
			name: 'only-what-exists',
			severity: 'error',
			from: {},
			to: {couldNotResolve: true, pathNot: '^[.][.]/dist/'},
		},
		{
			name: 'source-stands-alone',
			severity: 'error',
			comment: 'the program imports neither tests nor scripts, nor packages that only development has',
			from: {path: '^source/'},
			to: {path: '^(test|scripts)/'},
		},
		{
			name: 'no-development-packages',
			severity: 'error',
			from: {path: '^source/'},
			to: {dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'], pathNot: '@types/'},
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		doNotFollow: {path: 'node_modules'},
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
			extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.json'],
		},
	},
};
