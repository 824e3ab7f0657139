# One image for every role of the service: main by default, worker and migrate by another command.
FROM node:20-bookworm-slim AS build
# A package of the API documentation would otherwise report each installation.
ENV SCARF_ANALYTICS=false
WORKDIR /app
# Packages first: this layer is built again only when the lock file changes.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY config ./config
COPY scenarios ./scenarios
COPY LICENSE NOTICE ./
# The service writes no file, so the files of the image stay root's.
USER node
EXPOSE 3000
# A worker serves no HTTP; docker-compose.yml switches this check off for it.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
