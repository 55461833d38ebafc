// SPDX-License-Identifier: Apache-2.0
// node-oidc-provider with its memory adapter, set up like the server that the bench measures: the same paths, the
// same clients, refresh tokens that rotate. Arguments: port. Prints what the bench needs to know as one line of JSON.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const resource = 'https://api.example';
const people = 80;

const jwk = (type, options, alg) =>
  ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), alg, use: 'sig' });

const client = (client_id, more) => ({
  client_id, client_secret: randomBytes(32).toString('base64url'), token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['client_credentials'], redirect_uris: [], response_types: [], ...more,
});
const clients = [
  client('es256'), client('rs256'), client('opaque'),
  client('site', { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
                   redirect_uris: ['https://site.example/callback'] }),
];
const formats = { es256: 'ES256', rs256: 'RS256', site: 'ES256' };

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [jwk('rsa', { modulusLength: 2048 }, 'RS256'), jwk('ec', { namedCurve: 'P-256' }, 'ES256')] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, _resource, { clientId }) => ({
        scope: 'profile',
        audience: resource,
        accessTokenTTL: 600,
        ...(formats[clientId] ? { accessTokenFormat: 'jwt', jwt: { sign: { alg: formats[clientId] } } }
                              : { accessTokenFormat: 'opaque' }),
      }),
    },
  },
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  rotateRefreshToken: true,
  routes: { token: '/api/oauth/token', jwks: '/api/oauth/jwks', introspection: '/api/oauth/introspect' },
  ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 86400, RefreshToken: 86400 },
});

async function refreshToken(accountId) {
  const grant = new provider.Grant({ accountId, clientId: 'site' });
  grant.addOIDCScope('offline_access');
  grant.addResourceScope(resource, 'profile');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId, grantId, client: await provider.Client.find('site'), authTime: Math.floor(Date.now() / 1000),
    gty: 'authorization_code', resource, rotations: 0, scope: 'offline_access profile',
  });
  return token.save();
}

provider.on('server_error', (_context, error) => console.error(error));
const refreshTokens = await Promise.all(Array.from({ length: people }, (_, n) => refreshToken(`person${n}`)));
const secrets = Object.fromEntries(clients.map((each) => [each.client_id, each.client_secret]));
provider.listen(port, '127.0.0.1', () => console.log(JSON.stringify({ secrets, refreshTokens })));
