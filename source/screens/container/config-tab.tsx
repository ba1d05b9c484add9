import {FactsPane} from './facts-pane.tsx';
import type {TabProps} from './tab.ts';

/** How the container was made: program, environment, labels, limits, health. */
export const ConfigTab = ({width, height}: TabProps) => (
	<FactsPane width={width} height={height} title="Configuration" />
);
