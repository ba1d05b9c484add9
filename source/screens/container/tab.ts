import type {Size} from '../../components/pane.tsx';

/** What the component of a tab is given: the whole of its pane, border included. It reads everything else itself. */
export type TabProps = Size;
