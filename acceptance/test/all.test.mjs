// One process and one server for all; the last file judges what the others used.
import './accounts.mjs';
import './tags.mjs';
import './lists.mjs';
import './profiles.mjs';
import './consent.mjs';
import './people.mjs';
import './events.mjs';
import './metrics.mjs';
import './templates.mjs';
import './images.mjs';
import './campaigns.mjs';
import './client.mjs';
import './script.mjs';
import './story.mjs';
import './agents.mjs';
import './conformance.mjs';
import './coverage.mjs';
