package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
)

// A blobs is a git that prints one object after the other.
type blobs struct {
	command *exec.Cmd
	input   io.WriteCloser
	output  *bufio.Reader
}

// open starts the program, which ends with ctx.
func (g git) open(ctx context.Context) (*blobs, error) {
	command := g.command(ctx, "cat-file", "--batch")
	input, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	return &blobs{command, input, bufio.NewReaderSize(output, 1<<16)}, nil
}

// read returns the bytes of an object.
func (b *blobs) read(object string) ([]byte, error) {
	if _, err := io.WriteString(b.input, object+"\n"); err != nil {
		return nil, err
	}
	header, err := b.output.ReadString('\n') // "OBJECT blob SIZE"
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(header)
	if len(fields) != 3 || fields[1] != "blob" {
		return nil, fmt.Errorf("git does not have it: %s", strings.TrimSpace(header))
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	text := make([]byte, size+1) // and a line end
	if _, err := io.ReadFull(b.output, text); err != nil {
		return nil, err
	}
	return text[:size], nil
}

func (b *blobs) close() error { return errors.Join(b.input.Close(), b.command.Wait()) }
