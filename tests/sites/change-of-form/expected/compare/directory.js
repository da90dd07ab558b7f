gongkai.part("directory",[["water-bureau",["某县水务局","某县水利局"],"","department","county","",[]]])
