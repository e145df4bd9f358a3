package io.notagenbench.report.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** What a page is made of, out of the jars. */
final class PageResource {

    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.common.min.js";
    private static final String ABCJS = "abcjs-6.7.2/abcjs-basic-min.js";

    private PageResource() {
    }

    /** A text beside this class. */
    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** The library that draws charts, packed. */
    static String echarts() {
        return packed(bytes(ECHARTS));
    }

    /** The library that engraves scores, packed. */
    static String abcjs() {
        return packed(bytes(ABCJS));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = PageResource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jars of this suite do not hold " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gzip in Base64, a third of the size: the browser unpacks it. */
    private static String packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
