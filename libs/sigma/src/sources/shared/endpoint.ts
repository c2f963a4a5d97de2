import type { SourceMapping } from '../source.js';

/** Sigma's names for processes, files and connections, as the Elastic Common Schema calls them. */
export const ENDPOINT: SourceMapping['aliases'] = [
  {
    when: {},
    fields: {
      Image: ['process.executable', 'exe', 'process.path'],
      CommandLine: ['process.command_line', 'process.args'],
      ParentImage: ['process.parent.executable'],
      ParentCommandLine: ['process.parent.command_line', 'process.parent.args'],
      CurrentDirectory: ['process.working_directory', 'cwd'],
      OriginalFileName: ['process.pe.original_file_name', 'process.code_signature.signing_id'],
      ProcessId: ['process.pid', 'pid'],
      User: ['user.name', 'process.user.name'],
      LogonId: ['ses', 'process.session_leader.entity_id'],
      Hashes: ['process.hash.sha256', 'file.hash.sha256'],
      TargetFilename: ['file.path'],
      SourceFilename: ['file.Ext.original.path'],
      DestinationIp: ['destination.ip'],
      DestinationPort: ['destination.port'],
      DestinationHostname: ['destination.domain', 'dns.question.name'],
      SourceIp: ['source.ip'],
      SourcePort: ['source.port'],
      Protocol: ['network.transport'],
    },
  },
];
