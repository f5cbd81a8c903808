import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/** One node of a cluster for the tests, with the modules that every distribution of OpenSearch has and these need. */
public final class TestNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES =
        List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class);

    private TestNode(Environment environment) {
        super(environment, MODULES, true);
    }

    /** Arguments: the node's folder, its name, and settings as {@code name=value}. Runs until it is ended. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder()
            .put("path.home", folder.toString())
            .put("node.name", arguments[1])
            .put("cluster.name", "rapporteur-tests")
            .put("transport.type", "netty4")
            .put("http.type", "netty4");
        for (int n = 2; n < arguments.length; n++) {
            String[] setting = arguments[n].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), folder.resolve("config"), () -> "node");
        new TestNode(environment).start();
        Thread.currentThread().join();
    }
}
