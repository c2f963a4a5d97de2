import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;
const EXACT = { promoteValues: false, promoteBuffers: false, promoteLongs: false };

/** A document of which numbers and bytes keep the form in which they are kept: the chain is over what was written. */
export const exactly = (document: Uint8Array): mongoose.mongo.BSON.Document => BSON.deserialize(document, EXACT);
