import {Lines} from '../../components/lines.tsx';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import type {TabProps} from '../container/tab.ts';
import {inspectorLines} from './inspector-lines.ts';

/** The layer-tree inspector: what each layer of an image changed, file by file. */
export const LayersTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(state => inspectorLines(state, {width, height}, theme), [width, height, theme]);
	return <Lines lines={lines} width={width} height={height} />;
};
