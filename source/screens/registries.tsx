import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {type PaneContent, paneLines} from '../components/pane-lines.ts';
import {counted} from '../format/counted.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {type ManifestRow, manifest} from '../resources/manifest.ts';
import {type RegistryRow, registries} from '../resources/registries.ts';
import {type RepositoryRow, repositories} from '../resources/repositories.ts';
import {type TagRow, tags} from '../resources/tags.ts';
import type {State} from '../state/model.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {selectManifestRows} from '../state/selectors/manifest-rows.ts';
import {selectRegistriesRows} from '../state/selectors/registries-rows.ts';
import {manifestView, openPlace, repositoryView} from '../state/selectors/registry-place.ts';
import {countText} from '../state/selectors/registry-status.ts';
import {openCatalog, repositoryCount, selectRepositoriesRows} from '../state/selectors/repositories-rows.ts';
import {selectTagsRows} from '../state/selectors/tags-rows.ts';
import type {RegistryPlace} from '../state/views/registry.ts';
import type {Theme} from '../theme/theme.ts';
import {type ListPane, listContent} from './panes/list-content.ts';
import {registryBarLine, registryStatusLine} from './registry-bar.ts';

type Size = {readonly width: number; readonly height: number};
type Content = (state: State, size: Size, theme: Theme) => PaneContent;

const of =
	<Row,>(pane: ListPane<Row>): Content =>
	(state, size, theme) =>
		listContent(state, pane, size, theme);

const hostPane: ListPane<RegistryRow> = {
	list: 'registries',
	title: 'Registries',
	resource: registries,
	rows: (state, from, height) => selectRegistriesRows(state).slice(from, from + height),
	isMarked: row => row.isMarked,
	badges: state => [String(selectRegistriesRows(state).length)],
};

const repositoryPane: ListPane<RepositoryRow> = {
	list: 'repositories',
	title: 'Repositories',
	resource: repositories,
	rows: (state, from, height) => selectRepositoriesRows(state).slice(from, from + height),
	isMarked: row => row.isMarked,
	badges: state => [countText(state, 'repositories', repositoryCount(state), ['repository', 'repositories'])],
	emptyText: state => {
		const list = openCatalog(state);
		if (list?.status === 'reading') return 'Reading the catalog.';
		return list?.status === 'failed' ? 'None is known here. n opens one by its name.' : undefined;
	},
};

const tagPane: ListPane<TagRow> = {
	list: 'tags',
	title: 'Tags',
	resource: tags,
	rows: (state, from, height) => selectTagsRows(state).slice(from, from + height),
	isMarked: row => row.isMarked,
	badges: state => [countText(state, 'tags', repositoryView(state)?.tags.items.length ?? 0, ['tag', 'tags'])],
	emptyText: state => {
		const list = repositoryView(state)?.tags;
		if (list?.status === 'reading') return 'Reading the tags.';
		if (list?.status !== 'failed') return undefined;
		return list.fault?.kind === 'not-found'
			? 'There is no such repository. r looks again.'
			: 'They could not be read. r tries again.';
	},
};

/** What it is, and of how many parts. */
const manifestBadges = (state: State): readonly string[] => {
	const {manifest: told} = manifestView(state) ?? {};
	if (told === undefined) return [];
	if (told.kind === 'index') {
		const count = selectManifestRows(state).filter(({kind}) => kind === 'platform').length;
		return ['index', counted(count, 'platform')];
	}
	return ['image', counted(told.layers.length, 'layer')];
};

const manifestPane: ListPane<ManifestRow> = {
	list: 'manifest',
	title: 'Manifest',
	resource: manifest,
	rows: (state, from, height) => selectManifestRows(state).slice(from, from + height),
	badges: manifestBadges,
	emptyText: state => {
		const view = manifestView(state);
		if (view?.status === 'reading') return 'Reading.';
		if (view?.status !== 'failed') return undefined;
		return view.fault?.kind === 'not-found'
			? 'There is no such tag or manifest. r looks again.'
			: 'It could not be read. r tries again.';
	},
};

const contents: Readonly<Record<RegistryPlace['level'], Content>> = {
	registries: of(hostPane),
	repositories: of(repositoryPane),
	tags: of(tagPane),
	manifest: of(manifestPane),
};

/** The registries that are known, and what they have. */
export const RegistryScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const bar = useLines(state => [registryBarLine(state, theme), registryStatusLine(state, theme)], [theme]);
	const lines = useLines(
		state => paneLines(contents[openPlace(state)?.level ?? 'registries'](state, {width, height}, theme)),
		[width, height, theme],
	);
	return (
		<Box flexDirection="column">
			<Lines lines={bar} width={width} height={2} />
			<Lines lines={lines} width={width} height={height} />
		</Box>
	);
};
