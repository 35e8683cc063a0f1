/** The name of the target of a folder of images: in which of its folders an image is. */
export const folderTarget = 'folder';
