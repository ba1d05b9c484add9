import {Pane} from '../../components/pane.tsx';
import {useServices} from '../../hooks/services.ts';
import type {TabProps} from './tab.ts';

export const ProcessesTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	return <Pane width={width} height={height} title="Processes" isFocused lines={[]} theme={theme} />;
};
