# One image for every service; the service's name is the argument: docker run vigie:local detection
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build \
 && find dist -type f \( -name '*.spec.*' -o -path '*/test/*' \) -delete \
 && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production VIGIE_IMAGE=1
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY rules rules
COPY services/gateway/schema services/gateway/schema
COPY services/reporting/templates services/reporting/templates
COPY cli/bin cli/bin
RUN mkdir -p .stack /data/lake && chown node:node .stack /data/lake
USER node
EXPOSE 8080 8088 5514/tcp 5514/udp 9464
ENTRYPOINT ["/bin/sh", "-c", "exec node --enable-source-maps \"dist/services/$0/src/main.js\""]
