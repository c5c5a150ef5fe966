// One process and one server for all; the last file judges what the others used.
import './accounts.mjs';
import './tags.mjs';
import './lists.mjs';
import './profiles.mjs';
import './people.mjs';
import './events.mjs';
import './metrics.mjs';
import './templates.mjs';
import './images.mjs';
import './campaigns.mjs';
import './client.mjs';
import './story.mjs';
import './coverage.mjs';
