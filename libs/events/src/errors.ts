export { Fault, reasonOf, Unreadable } from '#libs/model';
