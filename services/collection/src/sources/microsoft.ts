/** The account by which Microsoft's portal writes passwords back; no customer has addresses there. */
export const isSupport = (user: string): boolean => /@support\.onmicrosoft\.com$/i.test(user);
