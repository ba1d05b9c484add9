import {Box, useApp} from 'ink';
import {Component, type ReactNode, useEffect} from 'react';
import {LayoutColumns} from './components/lines.tsx';
import {type Services, ServicesProvider} from './hooks/services.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useSelector} from './hooks/use-selector.ts';
import {Footer} from './screens/footer.tsx';
import {Header} from './screens/header.tsx';
import {OverlayLayer} from './screens/overlays/overlay-layer.tsx';
import {screens} from './screens/registry.ts';
import {ToastLayer} from './screens/toast-layer.tsx';
import {TooSmall} from './screens/too-small.tsx';
import {UnconnectedScreen} from './screens/unconnected.tsx';
import {selectLayout} from './state/selectors/layout.ts';
import {isUnconnected} from './state/selectors/unconnected.ts';

type Suspend = (run: () => Promise<void>) => Promise<void>;

type AppProps = {
	readonly services: Services;
	/** Called once with the way to take the terminal from Ink for a while. */
	readonly onReady: (suspend: Suspend) => void;
	readonly onCrash: (error: Error) => void;
};

/** React offers error boundaries to classes only. */
class CrashBoundary extends Component<{
	readonly onCrash: (error: Error) => void;
	readonly children: ReactNode;
}> {
	override readonly state = {hasCrashed: false};

	static getDerivedStateFromError(): {readonly hasCrashed: boolean} {
		return {hasCrashed: true};
	}

	override componentDidCatch(error: Error): void {
		this.props.onCrash(error);
	}

	override render(): ReactNode {
		return this.state.hasCrashed ? null : this.props.children;
	}
}

const Shell = ({onReady}: Pick<AppProps, 'onReady'>) => {
	const {suspendTerminal} = useApp();
	useKeys();
	useEffect(() => {
		onReady(async run => suspendTerminal(run));
	}, [onReady, suspendTerminal]);

	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const screen = useSelector(state => state.ui.screen.kind);
	const isAway = useSelector(isUnconnected);
	const mode = useSelector(state => selectLayout(state).mode);
	if (mode === 'tiny') return <TooSmall columns={columns} rows={rows} />;

	const Screen = isAway && screen === 'dashboard' ? UnconnectedScreen : screens[screen];
	return (
		<LayoutColumns value={columns}>
			<Box width={columns} height={rows} flexDirection="column" overflow="hidden">
				<Header />
				<Screen />
				<Footer />
				<ToastLayer />
				<OverlayLayer />
			</Box>
		</LayoutColumns>
	);
};

export const App = ({services, onReady, onCrash}: AppProps) => (
	<CrashBoundary onCrash={onCrash}>
		<ServicesProvider value={services}>
			<Shell onReady={onReady} />
		</ServicesProvider>
	</CrashBoundary>
);
