// Start every part, once; from here on `refresh` is all that anything calls.
startFilters();
startMap();
startTimeline();
startStudies();
startTrials();
startCarry();
for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
refresh();
document.documentElement.dataset.ready = "yes";
prepareSearch();
