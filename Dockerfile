# bookcheck in an image without a shell. git is not in it, so that the age of a
# statement is known only where it says so itself.
#   docker run --rm -v "$PWD:/book" bookcheck --offline
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /bookcheck ./cmd/bookcheck

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /bookcheck /usr/local/bin/bookcheck
WORKDIR /book
ENTRYPOINT ["bookcheck"]
