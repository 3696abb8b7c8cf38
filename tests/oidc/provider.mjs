// A provider of OpenID Connect on 127.0.0.1, on a free port, in which everybody signs in by their address alone.
//
//     node provider.mjs FOLDER CALLBACK…
//
// FOLDER holds node_modules; a CALLBACK is where a browser may be sent back to. The port is the line that it prints.
// Who signs in is the login_hint: "claire@town.example"; before a plus stands what is said of them besides:
// "unverified+…" (nobody has seen that the address is theirs), "mfa+…" (they have shown two factors), "no+…" (they
// say no).
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

const [folder, ...callbacks] = process.argv.slice(2)
const { Provider } = await import(pathToFileURL(`${folder}/node_modules/oidc-provider/lib/index.js`))

const server = createServer()
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const { port } = server.address()

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'trackr', client_secret: 'sesame', redirect_uris: callbacks }],
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
  cookies: { keys: ['of no consequence'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, id) => {
    const [said, email] = id.includes('+') ? id.split('+') : ['', id]
    return { accountId: id, claims: () => ({ sub: id, email, email_verified: said !== 'unverified' }) }
  },
  // Everything that is asked for is granted: nobody is there to be asked.
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid email')
    await grant.save()
    return grant
  },
})

async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response)
  const accountId = params.login_hint ?? 'nobody@example.org'
  const amr = accountId.startsWith('mfa+') ? ['pwd', 'mfa'] : ['pwd']
  const result = accountId.startsWith('no+') ? { error: 'access_denied' } : { login: { accountId, amr } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const answer = provider.callback()
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) signIn(request, response).catch((problem) => console.error(problem))
  else answer(request, response)
})
console.log(port)
