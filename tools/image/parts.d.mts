export declare const FOLDERS: readonly string[];
export declare const isCarried: (path: string) => boolean;
