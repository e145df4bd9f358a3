package io.notagenbench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * A file with one JSON object a line, each on the disk before the next is begun. A line that was torn by the death of its
 * writer has no line end, and is not read.
 *
 * @param <T> what a line holds
 */
public final class Journal<T> implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final FileChannel channel;
    private long last;
    private boolean closed;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Starts a journal that holds {@code kept} and nothing else.
     *
     * @throws IOException if it cannot be written
     */
    public static <T> Journal<T> start(Path file, List<T> kept) throws IOException {
        ReplacedFile.write(file, lines(kept));
        return new Journal<>(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /**
     * One line as it was read.
     *
     * @param value what this version of the suite knows of it
     * @param json  all of it, with the fields that a later version may have written
     */
    public record Line<T>(T value, ObjectNode json) {
    }

    /**
     * The lines of a journal.
     *
     * @throws Fault if a line other than a torn last one is not of this type
     */
    public static <T> List<Line<T>> read(Path file, Class<T> type) throws IOException {
        String text = Files.readString(file);
        List<Line<T>> rows = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            try {
                ObjectNode json = JSON.readValue(text.substring(start, end), ObjectNode.class);
                rows.add(new Line<>(JSON.treeToValue(json, type), json));
            } catch (JsonProcessingException e) {
                throw Fault.failed(file + " is damaged: its line " + (rows.size() + 1) + " cannot be read as a row: "
                        + e.getOriginalMessage().lines().findFirst().orElse("") + ".", e);
            }
            start = end + 1;
        }
        return rows;
    }

    /**
     * Appends a line and waits until it is on the disk; after {@link #close} it does nothing.
     *
     * @throws IOException if there is no room; nothing of the line is left then
     */
    public void append(T row) throws IOException {
        append(List.of(row));
    }

    /** As {@link #append(Object)}, with all lines at once. */
    public synchronized void append(List<T> rows) throws IOException {
        if (closed) {
            return;
        }
        long end = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(lines(rows));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            last = end;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** Removes the last line, which needs no room on the disk; does nothing after {@link #close}. */
    public synchronized void takeBack() throws IOException {
        if (!closed) {
            channel.truncate(last);
            channel.force(true);
        }
    }

    private static byte[] lines(List<?> rows) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Object row : rows) {
            lines.write((JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
