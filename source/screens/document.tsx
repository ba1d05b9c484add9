import {Pane} from '../components/pane.tsx';
import {fit} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import {useServices} from '../hooks/services.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {DocumentState} from '../state/model.ts';
import {readerHeight, selectLayout} from '../state/selectors/layout.ts';

const contentOf = (document: DocumentState, height: number): readonly string[] => {
	switch (document.loading.status) {
		case 'loading':
			return ['loading'];
		case 'failed':
			return [`cannot inspect: ${document.loading.fault.message}`];
		case 'ready':
			return document.lines.slice(document.offset, document.offset + height);
	}
};

/** The engine's JSON of one object. */
export const DocumentScreen = () => {
	const {theme} = useServices();
	const document = useSelector(state => state.document);
	const width = useSelector(state => state.ui.columns);
	const paneHeight = useSelector(state => selectLayout(state).bodyHeight);
	const height = useSelector(readerHeight);
	if (document === undefined) return null;
	const lines = contentOf(document, height).map(line =>
		fit(` ${theme.spell(sanitise(line))}`, width - 2, {ellipsis: theme.glyphs.ellipsis}),
	);
	return (
		<Pane
			width={width}
			height={paneHeight}
			title={`Inspect ${sanitise(document.title)}`}
			badges={[`${document.lines.length} lines`]}
			isFocused
			hasMoreAbove={document.offset > 0}
			hasMoreBelow={document.offset + height < document.lines.length}
			lines={lines}
			theme={theme}
		/>
	);
};
