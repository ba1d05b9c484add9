import {Lines} from '../components/lines.tsx';
import {useSelector} from '../hooks/use-selector.ts';
import {selectLayout} from '../state/selectors/layout.ts';

/** The registries that are known, and what they have. */
export const RegistryScreen = () => {
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(state => selectLayout(state).bodyHeight);
	return <Lines lines={[]} width={width} height={height} />;
};
