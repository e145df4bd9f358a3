package io.notagenbench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code journal.jsonl}: one line for each cell that ended, on the disk before the next begins. A line that was torn by
 * the death of its writer has no line end, and is not read.
 */
final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final FileChannel channel;
    private boolean closed;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Starts a journal that holds {@code kept} and nothing else.
     *
     * @throws IOException if it cannot be written
     */
    static Journal start(Path file, List<CellRow> kept) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (CellRow row : kept) {
            lines.write(line(row));
        }
        ReplacedFile.write(file, lines.toByteArray());
        return new Journal(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /**
     * The rows of a journal.
     *
     * @throws Fault if a line other than a torn last one is no row
     */
    static List<CellRow> read(Path file) throws IOException {
        String text = Files.readString(file);
        List<CellRow> rows = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            try {
                rows.add(JSON.readValue(text.substring(start, end), CellRow.class));
            } catch (JsonProcessingException e) {
                throw Fault.failed(file + " is damaged: its line " + (rows.size() + 1) + " is no row: "
                        + e.getOriginalMessage().lines().findFirst().orElse("") + ".", e);
            }
            start = end + 1;
        }
        return rows;
    }

    /** Appends a row and waits until it is on the disk; after {@link #close} it does nothing. */
    synchronized void append(CellRow row) throws IOException {
        if (closed) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(line(row));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static byte[] line(CellRow row) throws JsonProcessingException {
        return (JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
