import {ToastList} from '../components/toast-list.tsx';
import {sanitise} from '../format/sanitise.ts';
import {useServices} from '../hooks/services.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {Toast} from '../state/model.ts';

export const toastTone = {success: 'good', info: 'info', error: 'trouble'} as const;

export const toastText = ({text, hint}: Toast): string =>
	sanitise(hint === undefined ? text : `${text} (${hint})`);

const footerRows = 1;

export const ToastLayer = () => {
	const {theme} = useServices();
	const toasts = useSelector(state => state.ui.toasts);
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	return (
		<ToastList
			toasts={toasts.map(toast => ({tone: toastTone[toast.kind], text: toastText(toast)}))}
			columns={columns}
			rows={rows}
			bottom={footerRows}
			theme={theme}
		/>
	);
};
