package io.notagenbench.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in the format of Hugging Face's safetensors: the length of the header in 8 bytes, the header in JSON with
 * type, shape and place of each tensor, and the tensors one after the other, little-endian. As the format demands, no
 * name occurs twice, and the tensors fill the rest of the file without gaps and without overlapping.
 */
final class SafetensorsFile implements TensorFile {

    /** The header of the large model has about 40 KiB. */
    private static final long LARGEST_HEADER = 16L << 20;
    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final int DEEPEST = 4;
    private static final String METADATA = "__metadata__";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** Where the bytes of a tensor are, from the end of the header on. */
    private record Extent(String tensor, long begin, long end) {
    }

    private final FileBytes file;
    private final long dataOffset;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Extent> extents = new LinkedHashMap<>();

    private SafetensorsFile(FileBytes file, long dataOffset) {
        this.file = file;
        this.dataOffset = dataOffset;
    }

    static SafetensorsFile open(FileBytes file) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, length);
        long headerBytes = length.getLong(0);
        long rest = file.size() - Long.BYTES;
        if (headerBytes > LARGEST_HEADER) {
            throw Fault.usage(file.name() + " is not a checkpoint: its safetensors header claims to have " + headerBytes
                    + " bytes, more than any model needs");
        }
        if (headerBytes > rest) {
            throw Fault.usage(file.name() + " is cut off: its safetensors header has " + headerBytes
                    + " bytes, and the file ends after " + rest + " of them; download it again");
        }
        ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
        file.read(Long.BYTES, header);
        SafetensorsFile opened = new SafetensorsFile(file, Long.BYTES + headerBytes);
        // From text, since the parser would guess the encoding of bytes.
        try (JsonParser json = JSON.createParser(new String(header.array(), StandardCharsets.UTF_8))) {
            opened.readHeader(json);
        } catch (JsonProcessingException e) {
            throw opened.damaged("its header is not the JSON of the format: " + Printable.of(e.getOriginalMessage()));
        }
        opened.requireOneBehindTheOther(rest - headerBytes);
        return opened;
    }

    private Fault damaged(String cause) {
        return Fault.usage(file.name() + " is a damaged safetensors file: " + cause);
    }

    private void readHeader(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "its header is not an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String tensor = json.currentName();
            require(json.nextToken() == JsonToken.START_OBJECT, "its entry '" + Printable.of(tensor) + "' is not an object");
            if (tensor.equals(METADATA)) {
                json.skipChildren();
            } else {
                require(tensors.size() < MOST_TENSORS, "it has more than " + MOST_TENSORS + " tensors");
                readTensor(tensor, json);
            }
        }
        require(json.nextToken() == null, "something follows the object in its header");
    }

    private void readTensor(String tensor, JsonParser json) throws IOException {
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "dtype" -> {
                    require(value == JsonToken.VALUE_STRING, tensor, "a type that is not text");
                    dtype = json.getText();
                }
                case "shape" -> shape = numbers(tensor, json);
                case "data_offsets" -> offsets = numbers(tensor, json);
                default -> json.skipChildren();
            }
        }
        require(dtype != null && shape != null && offsets != null && offsets.size() == 2, tensor,
                "no dtype, shape or pair of data_offsets");
        Extent extent = new Extent(tensor, offsets.get(0), offsets.get(1));
        require(extent.begin <= extent.end, tensor, "an end before its beginning");
        StorageType type = StorageType.ofSafetensors(dtype);
        long bytes = extent.end - extent.begin;
        long elements = elements(tensor, shape);
        require(type == StorageType.OTHER || elements <= Long.MAX_VALUE / type.bytes() && elements * type.bytes() == bytes,
                tensor, bytes + " bytes, which do not fit its shape " + Printable.of(shape.toString()) + " of " + Printable.of(dtype));
        tensors.put(tensor, StoredTensor.whole(type, tensor, shape, elements));
        extents.put(tensor, extent);
    }

    private List<Long> numbers(String tensor, JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, tensor, "a shape or an offset that is not a list");
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < MOST_DIMENSIONS) {
            long number = json.getLongValue();
            require(number >= 0, tensor, "a size below 0");
            numbers.add(number);
        }
        require(json.currentToken() == JsonToken.END_ARRAY, tensor, "sizes that are not at most " + MOST_DIMENSIONS
                + " whole numbers");
        return List.copyOf(numbers);
    }

    private long elements(String tensor, List<Long> shape) {
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw damaged("tensor '" + Printable.of(tensor) + "' has the shape " + Printable.of(shape.toString()));
        }
    }

    private void requireOneBehindTheOther(long dataBytes) {
        List<Extent> inOrder = new ArrayList<>(extents.values());
        inOrder.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
        long end = 0;
        for (Extent extent : inOrder) {
            require(extent.begin == end, extent.tensor, "bytes that " + (extent.begin < end ? "overlap those"
                    : "leave a gap behind those") + " of the tensor before it");
            end = extent.end;
        }
        if (end > dataBytes) {
            throw Fault.usage(file.name() + " is cut off: its tensors need " + end + " bytes, and the file has " + dataBytes
                    + " of them; download it again");
        }
        require(end == dataBytes, "its tensors end " + (dataBytes - end) + " bytes before the end of the file");
    }

    private void require(boolean right, String tensor, String otherwise) {
        if (!right) {
            throw damaged("tensor '" + Printable.of(tensor) + "' has " + otherwise);
        }
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw damaged(otherwise);
        }
    }

    @Override
    public Object content() {
        return tensors;
    }

    @Override
    public long storageBytes(String key) {
        Extent extent = extents.get(key);
        return extent.end - extent.begin;
    }

    @Override
    public void readStorage(String key, long offset, ByteBuffer into) throws IOException {
        file.read(dataOffset + extents.get(key).begin + offset, into);
        into.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        // Holds nothing but the file.
    }
}
