import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One of the three nodes: its number, the first port, its folder. */
public final class ClusterNode extends Node {
    private ClusterNode(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
            List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, ReindexPlugin.class),
            false
        );
    }

    public static void main(String[] arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        String folder = arguments[2];
        // Transport ports follow ten behind those of HTTP.
        String seeds = String.format("127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d", port + 10, port + 11, port + 12);
        Settings settings = Settings.builder()
            .put("cluster.name", "jianyan-" + port)
            .put("node.name", "node-" + number)
            .put("path.home", folder)
            .put("path.data", folder + "/data")
            .put("path.logs", folder + "/logs")
            .put("network.host", "127.0.0.1")
            .put("http.port", port + number - 1)
            .put("transport.port", port + 9 + number)
            .put("discovery.seed_hosts", seeds)
            .put("cluster.initial_cluster_manager_nodes", "node-1,node-2,node-3")
            // What an office must set, too: a plan of 64 tokens over six fields with synonyms has more than 1,024.
            .put("indices.query.bool.max_clause_count", 65_536)
            .put("http.max_content_length", "100mb")
            // A developer's disk may be nearly full; tests that want the block set it.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("action.auto_create_index", false)
            .build();
        ClusterNode node = new ClusterNode(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception failed) {
                failed.printStackTrace();
            }
        }));
        node.start();
        Thread.currentThread().join();
    }
}
