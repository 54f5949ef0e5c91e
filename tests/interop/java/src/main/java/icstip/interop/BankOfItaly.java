package icstip.interop;

import it.bancaditalia.oss.sdmx.api.Codelist;
import it.bancaditalia.oss.sdmx.api.DataFlowStructure;
import it.bancaditalia.oss.sdmx.api.Dataflow;
import it.bancaditalia.oss.sdmx.api.PortableTimeSeries;
import it.bancaditalia.oss.sdmx.api.SDMXReference;
import it.bancaditalia.oss.sdmx.api.SdmxMetaElement;
import it.bancaditalia.oss.sdmx.client.Parser;
import it.bancaditalia.oss.sdmx.parser.v21.CodelistParser;
import it.bancaditalia.oss.sdmx.parser.v21.CompactDataParser;
import it.bancaditalia.oss.sdmx.parser.v21.DataStructureParser;
import it.bancaditalia.oss.sdmx.parser.v21.DataflowParser;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLInputFactory;

/** The reader of the SDMX Connectors (Bank of Italy). It knows parents of codes, but not the order of codes. */
final class BankOfItaly implements Reader {

    @Override
    public String name() {
        return "bank-of-italy";
    }

    @Override
    public List<Map<String, Object>> structures(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        for (DataFlowStructure structure : parsed(file, new DataStructureParser(), language)) {
            if (structure.getId() != null) { // it takes references in constraints for data structures without an id
                found.add(Json.object(
                        "id", reference(structure),
                        "name", structure.getName(),
                        "dimensions", components(structure.getDimensions()),
                        "time", structure.getTimeDimension(),
                        "measure", structure.getMeasure(),
                        "attributes", components(structure.getAttributes())));
            }
        }
        return found;
    }

    @Override
    public List<Map<String, Object>> dataflows(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Dataflow flow : parsed(file, new DataflowParser(), language)) {
            if (flow.getId() != null) { // as with data structures
                found.add(Json.object(
                        "id", reference(flow),
                        "name", flow.getDescription(), // getName() is id and all names in one text
                        "structure", flow.getDsdIdentifier() == null ? null : reference(flow.getDsdIdentifier())));
            }
        }
        return found;
    }

    /** Returns the code lists: its parser stops behind the first one, and goes on from there when it is asked again. */
    @Override
    public List<Map<String, Object>> codelists(File file, String language) throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        List<LanguageRange> languages = LanguageRange.parse(language);
        try (InputStream stream = Files.newInputStream(file.toPath())) {
            XMLEventReader events = events(stream);
            Codelist codelist = new CodelistParser().parse(events, languages);
            while (codelist != null) {
                found.add(Json.object("id", reference(codelist), "codes", codes(codelist)));
                codelist = events.hasNext() ? new CodelistParser().parse(events, languages) : null;
            }
        }
        return found;
    }

    @Override
    public List<Map<String, Object>> series(File file, File structures, String structure) throws Exception {
        DataFlowStructure definition = parsed(structures, new DataStructureParser(), "*").stream()
                .filter(candidate -> reference(candidate).equals(structure))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(structure));
        Dataflow flow = new Dataflow(definition, definition.getId());
        List<Map<String, Object>> found = new ArrayList<>();
        for (PortableTimeSeries<Double> series : parsed(file, new CompactDataParser(definition, flow, true), "*")) {
            String key = String.join(".", series.getDimensionsMap().values());
            found.add(Json.object("key", key, "observations", series.size()));
        }
        return found;
    }

    private static <T> T parsed(File file, Parser<T> parser, String language) throws Exception {
        try (InputStream stream = Files.newInputStream(file.toPath())) {
            return parser.parse(events(stream), LanguageRange.parse(language));
        }
    }

    private static XMLEventReader events(InputStream stream) throws Exception {
        return XMLInputFactory.newInstance().createXMLEventReader(stream, StandardCharsets.UTF_8.name());
    }

    private static List<Map<String, Object>> components(List<? extends SdmxMetaElement> components) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (SdmxMetaElement component : components) {
            found.add(Json.object(
                    "id", component.getId(),
                    "name", component.getName(),
                    "codelist", component.getCodeList() == null ? null : reference(component.getCodeList())));
        }
        return found;
    }

    private static List<Map<String, Object>> codes(Codelist codelist) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (String id : codelist.keySet()) {
            found.add(Json.object("id", id, "name", codelist.getDescription(id), "parent", codelist.getParent(id)));
        }
        return found;
    }

    private static String reference(SDMXReference reference) {
        return reference.getAgency() + ":" + reference.getId() + "(" + reference.getVersion() + ")";
    }
}
