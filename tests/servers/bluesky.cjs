'use strict'
// A Bluesky PDS (SQLite on disk) and a DID:PLC directory (in memory) in one process, on loopback.
//   node bluesky.cjs INSTALL_DIR PDS_PORT PLC_PORT DATA_DIR [NAME,NAME…]
// Makes one account with an app password per NAME, prints one JSON ready line, stops on SIGTERM.
const crypto = require('node:crypto')
const http = require('node:http')
const path = require('node:path')
const { createRequire } = require('node:module')

const [installDir, pdsPort, plcPort, dataDir, names = 'oakprimary,parent'] = process.argv.slice(2)
const requirePds = createRequire(path.join(installDir, 'pds', 'x.js'))
const requirePlc = createRequire(path.join(installDir, 'plc', 'x.js'))

// Both packages call listen(port), which would open the port to the whole network.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...rest) {
  if (typeof port !== 'number') return listen.call(this, port, ...rest)
  return listen.call(this, port, '127.0.0.1', ...rest.filter((value) => typeof value !== 'string'))
}

function settings() {
  const secret = (bytes) => crypto.randomBytes(bytes).toString('hex')
  return {
    NODE_ENV: 'test',
    LOG_ENABLED: 'false',
    PDS_PORT: pdsPort,
    PDS_HOSTNAME: 'localhost',
    PDS_DEV_MODE: 'true',
    PDS_DISABLE_SSRF_PROTECTION: 'true',
    PDS_DATA_DIRECTORY: dataDir,
    PDS_BLOBSTORE_DISK_LOCATION: path.join(dataDir, 'blobs'),
    PDS_DID_PLC_URL: `http://localhost:${plcPort}`,
    PDS_SERVICE_HANDLE_DOMAINS: '.test',
    PDS_INVITE_REQUIRED: 'false',
    PDS_JWT_SECRET: secret(16),
    PDS_DPOP_SECRET: secret(32),
    PDS_ADMIN_PASSWORD: secret(8),
    PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: secret(32),
    PDS_RATE_LIMITS_ENABLED: process.env.PDS_RATE_LIMITS_ENABLED || 'false',
  }
}

async function call(procedure, body, token) {
  const headers = { 'content-type': 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  const url = `http://127.0.0.1:${pdsPort}/xrpc/com.atproto.server.${procedure}`
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${procedure}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function makeAccount(name) {
  const password = `pw-${crypto.randomBytes(6).toString('hex')}`
  const email = `${name}@example.test`
  const made = await call('createAccount', { handle: `${name}.test`, email, password })
  const app = await call('createAppPassword', { name: 'publisher' }, made.accessJwt)
  return { handle: made.handle, did: made.did, password, app_password: app.password }
}

async function main() {
  Object.assign(process.env, settings())
  const { Database, PlcServer } = requirePlc('@did-plc/server')
  const plc = PlcServer.create({ db: Database.mock(), port: Number(plcPort) })
  await plc.start()
  const { PDS, envToCfg, envToSecrets, readEnv } = requirePds('@atproto/pds')
  const env = readEnv()
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      const patience = new Promise((resolve) => setTimeout(resolve, 3000))
      await Promise.race([Promise.allSettled([pds.destroy(), plc.destroy()]), patience])
      process.exit(0)
    })
  }
  const accounts = []
  for (const name of names.split(',')) accounts.push(await makeAccount(name))
  const url = `http://127.0.0.1:${pdsPort}`
  console.log(JSON.stringify({ ready: true, service: 'bluesky', url, accounts }))
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
