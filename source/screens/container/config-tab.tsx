import {Pane} from '../../components/pane.tsx';
import {useServices} from '../../hooks/services.ts';
import type {TabProps} from './tab.ts';

export const ConfigTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	return <Pane width={width} height={height} title="Configuration" isFocused lines={[]} theme={theme} />;
};
