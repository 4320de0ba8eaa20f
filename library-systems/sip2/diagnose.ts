import type { Finding } from '../connected-system';
import { LibraryFault } from '../library-fault';
import type { CharsetEvidence } from './charset-evidence';
import { logIn, statusRequest } from './client';
import type { Client } from './client';
import { dial } from './dial';
import { judgeCharset, judgeClock, judgeStatus } from './judge-status';
import { Link } from './link';
import { askItem } from './messages';
import type { Answer } from './wire/parse-answer';

const NO_CHECKSUMS = 'Set "errorDetection" to false: this server works without checksums.';

/** Looks at the server over a connection of its own, within the same limit; changes nothing, never throws. */
export async function diagnose(client: Client, evidence: CharsetEvidence): Promise<Finding[]> {
  try {
    return await client.pool.withSlot(() => look(client, evidence));
  } catch (error) {
    const text = error instanceof LibraryFault ? error.message : 'The close look failed unexpectedly';
    return [{ topic: 'connection', level: 'error', text: `${text}.` }];
  }
}

async function look(client: Client, evidence: CharsetEvidence): Promise<Finding[]> {
  const { config, peer } = client;
  const where = `${config.host}:${config.port}`;
  const findings: Finding[] = [];
  let link: Link;
  try {
    const socket = await dial(peer);
    link = new Link(socket, {
      charset: config.charset,
      errorDetection: config.errorDetection,
      lineEnd: config.lineEnd === 'crlf' ? '\r\n' : '\r',
      timeoutMs: config.timeoutMs,
      onBody: evidence.note,
    });
  } catch (error) {
    return [describeDial(error, where, client)];
  }
  try {
    findings.push({
      topic: 'connection',
      level: 'ok',
      text: `${where} takes connections${peer.tls ? ' in TLS, and its certificate is trusted' : ''}.`,
    });
    if (!peer.tls) {
      findings.push({
        topic: 'tls',
        level: 'warning',
        text: 'The connection is plain: PINs cross it readable. Use it within a VPN or the library’s own network only, or set "tls".',
      });
    }
    const loggedIn = await tryLogIn(link, client);
    findings.push(...loggedIn.findings);
    if (!loggedIn.ok) return findings;
    const status = await link.ask(statusRequest());
    findings.push(
      link.bareAnswers > 0
        ? { topic: 'protocol', level: 'error', text: NO_CHECKSUMS }
        : { topic: 'protocol', level: 'ok', text: 'The server answers the status request (99).' },
    );
    findings.push(...judgeStatus(config, status), ...judgeClock(config, status, client.clock.now()));
    findings.push(...(await readSample(link, client)), ...judgeCharset(config, evidence));
  } catch (error) {
    findings.push(describeTalk(error, client));
  } finally {
    link.close();
    // Its place is taken until then.
    await link.ended;
  }
  return findings;
}

function describeDial(error: unknown, where: string, { config }: Client): Finding {
  if (!(error instanceof LibraryFault)) throw error;
  const finding = (topic: Finding['topic'], text: string): Finding => ({ topic, level: 'error', text });
  switch (error.reason) {
    case 'tls':
      return finding(
        'tls',
        `${error.message}. Set "tls.caFile" to the authority that signed the server's certificate and "tls.servername" ` +
          'to the name in it; if the server speaks plain SIP2 on this port, leave out "tls".',
      );
    case 'refused':
      return finding(
        'connection',
        `${where} refuses connections: check "port", whether the SIP2 server runs, and whether this machine's address is allowed there.`,
      );
    default:
      return finding(
        'connection',
        `${error.message}: check "host" (${config.host}), the VPN, and the firewall between here and there.`,
      );
  }
}

async function tryLogIn(link: Link, client: Client): Promise<{ ok: boolean; findings: Finding[] }> {
  if (!client.login) return { ok: true, findings: [] };
  try {
    await logIn(link, client);
    return {
      ok: true,
      findings: [{ topic: 'credentials', level: 'ok', text: 'The login (93) is accepted.' }],
    };
  } catch (error) {
    if (!(error instanceof LibraryFault) || error.reason !== 'credentials') {
      return { ok: false, findings: [describeTalk(error, client)] };
    }
    const text =
      `${error.message}. Check the variables that "login.userEnv" and "login.passwordEnv" name, ` +
      'and "login.location"; a server that has reached its number of connections may answer so, too.';
    return { ok: false, findings: [{ topic: 'credentials', level: 'error', text }] };
  }
}

/** What went wrong once the connection stood. */
function describeTalk(error: unknown, { config, login, peer }: Client): Finding {
  if (!(error instanceof LibraryFault)) throw error;
  const finding = (topic: Finding['topic'], text: string): Finding => ({
    topic,
    level: 'error',
    text: `${error.message}. ${text}`,
  });
  if (error.reason === 'tls') {
    return finding('tls', 'The server may want a certificate of ours: set "tls.certFile" and "tls.keyFile".');
  }
  if (error.message.includes('no checksum')) {
    return finding('protocol', NO_CHECKSUMS);
  }
  if (error.code === 'GARBLED') {
    return finding(
      'protocol',
      `Something else than SIP2 may listen on port ${config.port}${peer.tls ? '' : ', or it wants TLS: then set "tls"'}.`,
    );
  }
  if (error.code === 'TIMEOUT') {
    return finding(
      'protocol',
      `The server takes the connection and says nothing: try "lineEnd": "${config.lineEnd === 'cr' ? 'crlf' : 'cr'}"` +
        `${peer.tls ? '' : ', set "tls" if it wants TLS'}, or raise "timeoutMs" (${config.timeoutMs}).`,
    );
  }
  return login
    ? finding('connection', 'It may have reached its number of connections: lower "maxConnections".')
    : finding('credentials', 'The server may want a login: set "login.userEnv" and "login.passwordEnv".');
}

async function readSample(link: Link, client: Client): Promise<Finding[]> {
  const { sampleBarcode } = client.config;
  if (sampleBarcode === undefined) return [];
  const answer: Answer<'18'> = await askItem(
    { ...client, ask: (request) => link.ask(request) },
    sampleBarcode,
  );
  if (answer.fields.get('AJ')?.some((title) => title.trim() !== '')) return [];
  const text = 'The library does not know the copy that "sampleBarcode" names: set one that it has.';
  return [{ topic: 'configuration', level: 'warning', text }];
}
