# One image for every service; the service's name is the argument: docker run vigie:local detection
# Any other argument is one of the command line's: docker run vigie:local --help
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build \
 && node tools/image/collect.mjs /image \
 && mkdir -p /image/data/.stack /image/data/lake

FROM scratch
COPY --from=build /image/system /
COPY --from=build /image/modules /
COPY --from=build /image/app /
COPY --from=build --chown=1000:1000 /image/data/lake /data/lake
COPY --from=build --chown=1000:1000 /image/data/.stack /app/.stack
ENV NODE_ENV=production VIGIE_IMAGE=1 PATH=/usr/local/bin
WORKDIR /app
USER 1000:1000
EXPOSE 4317 8080 8088 5514/tcp 5514/udp 9464
ENTRYPOINT ["node", "--max-semi-space-size=32", "tools/image/start.mjs"]
