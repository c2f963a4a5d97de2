// Run by mongosh as the container's health check: makes the node a replica set of one the first time, and
// succeeds once it is writable. The password is read from the environment: it would be seen among the arguments.
const { MONGO_INITDB_ROOT_USERNAME: user, MONGO_INITDB_ROOT_PASSWORD: password, MONGO_HOST: host } = process.env;
db = connect(`mongodb://${user}:${encodeURIComponent(password)}@127.0.0.1:27017/admin?directConnection=true`);
try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'vigie', members: [{ _id: 0, host }] });
}
quit(db.hello().isWritablePrimary ? 0 : 1);
