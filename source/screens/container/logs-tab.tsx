import {LogPane} from '../log-pane.tsx';
import type {TabProps} from './tab.ts';

/** The log of one container: its tail, then what comes. */
export const LogsTab = (size: TabProps) => <LogPane {...size} />;
