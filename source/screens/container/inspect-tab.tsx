import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {inspectContent} from './inspect-content.ts';
import type {TabProps} from './tab.ts';

/** The engine's JSON of a container or an image, as a tree. */
export const InspectTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		state => paneLines(inspectContent(state, {width, height}, theme)),
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
