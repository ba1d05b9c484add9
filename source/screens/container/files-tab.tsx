import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {fileContent} from './file-content.ts';
import {filesContent} from './files-content.ts';
import type {TabProps} from './tab.ts';

/** The container's file system: a directory as a list, or the content of one file. */
export const FilesTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		state => {
			const size = {width, height};
			return paneLines(
				state.files?.content === undefined
					? filesContent(state, size, theme)
					: fileContent(state, state.files.content, size, theme),
			);
		},
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
